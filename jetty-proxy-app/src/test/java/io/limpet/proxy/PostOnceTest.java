package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nodes that are killed with POSTs inside: each is counted where it was executed. A thousand kills with -Pchaos. */
class PostOnceTest {

    private static final int KILLS = Integer.getInteger("limpet.kills", 20);
    private static final long SEED = Long.getLong("limpet.kills.seed", System.nanoTime());
    private static final int CLIENTS = 4;
    private static final int POSTS = 5;

    /** What a client was told of its POST. */
    private record Told(String path, int status) {}

    /** A node dies, and its clients find out. */
    @FunctionalInterface
    private interface Kill {
        void of(Random random, ExecutorService clients) throws Exception;
    }

    @Test
    void aPostIsExecutedAtMostOnceHoweverItsNodeIsKilled() throws Exception {
        repeat((random, clients) -> {
            // fewer than there are, so that it always comes to it
            int last = 1 + random.nextInt(CLIENTS * POSTS / 2);
            killAt(last, "x".repeat(1 + random.nextInt(50_000)), clients);
        });
    }

    @Test
    void aPostWhoseNodeIsKilledInTheMiddleOfItsBodyIsExecutedNowhere() throws Exception {
        repeat((random, clients) -> {
            // fewer than there are with a body
            int last = 1 + random.nextInt(CLIENTS * POSTS / 3);
            killInside(last, "x".repeat(2 + random.nextInt(50_000)), random.nextInt(50_000), clients);
        });
    }

    private static void repeat(Kill kill) throws Exception {
        Random random = new Random(SEED);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int i = 0; i < KILLS; i++) {
                kill.of(random, clients);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** The node is killed with the n-th POST that has a body, when it has read so many bytes of it, but not all. */
    private static void killInside(int last, String body, int bytes, ExecutorService clients) throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        List<String> executed = new CopyOnWriteArrayList<>();
        List<String> broken = new CopyOnWriteArrayList<>();
        CompletableFuture<SocketNode> doomed = new CompletableFuture<>();
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    if (hasBody(head) && arrived.incrementAndGet() == last) {
                        connection.getInputStream().readNBytes(bytes % body.length());
                        broken.add(path(head));
                        doomed.join().close();
                        return;
                    }
                    execute(head, connection, executed);
                });
                SocketNode n2 = SocketNode.start("n2", (head, connection) -> execute(head, connection, executed));
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            doomed.complete(n1);
            List<Told> told = told(proxy, body, clients);
            check(told, executed.stream());
            assertThat(executed).as("seed %d", SEED).doesNotContainAnyElementsOf(broken);
            assertThat(told).as("seed %d", SEED).contains(new Told(broken.get(0), 502));
        }
    }

    private static boolean hasBody(String head) {
        return !head.contains("Content-Length: 0\r\n");
    }

    private static String path(String head) {
        return head.split(" ", -1)[1];
    }

    private static void execute(String head, Socket connection, List<String> executed) throws IOException {
        if (head.contains("Transfer-Encoding: chunked")) {
            readChunks(connection.getInputStream());
        } else {
            int at = head.indexOf("Content-Length: ") + "Content-Length: ".length();
            connection.getInputStream().readNBytes(Integer.parseInt(head.substring(at, head.indexOf('\r', at))));
        }
        executed.add(path(head));
        SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    private static void readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] part = new byte[16 * 1024];
        while (!read.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n0\r\n\r\n")) {
            int length = in.read(part);
            if (length < 0) {
                throw new EOFException("in the middle of a body");
            }
            read.write(part, 0, length);
        }
    }

    private static List<Told> told(TestProxy proxy, String body, ExecutorService clients) throws Exception {
        List<Callable<List<Told>>> users = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String path = "/" + client + "-";
            users.add(() -> posts(proxy, path, body));
        }
        List<Told> told = new ArrayList<>();
        for (Future<List<Told>> user : clients.invokeAll(users)) {
            told.addAll(user.get());
        }
        return told;
    }

    /** The node is killed when it has read its n-th POST, and before it answers that one; others are under way. */
    private static void killAt(int last, String body, ExecutorService clients) throws Exception {
        AtomicInteger arrived = new AtomicInteger();
        CompletableFuture<RawNode> doomed = new CompletableFuture<>();
        try (RawNode n1 = RawNode.start("n1", (request, out) -> {
                    if (arrived.incrementAndGet() == last) {
                        doomed.join().close();
                        return false;
                    }
                    RawNode.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                    return true;
                });
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            doomed.complete(n1);
            check(
                    told(proxy, body, clients),
                    Stream.concat(n1.requests().stream(), n2.requests().stream())
                            .map(request -> path(request.line())));
        }
    }

    private static List<Told> posts(TestProxy proxy, String path, String body) {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < POSTS; i++) {
            RawResponse response = switch (i % 3) {
                // nothing but the rule keeps this one from being sent again: there is no body to be gone
                case 0 -> proxy.post(path + i, "", "Cookie: JSESSIONID=4F2A.n1");
                case 1 -> proxy.post(path + i, body, "Cookie: JSESSIONID=4F2A.n1");
                default ->
                    proxy.send(
                            "POST " + path + i + " HTTP/1.1",
                            Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n",
                            "Cookie: JSESSIONID=4F2A.n1",
                            "Transfer-Encoding: chunked");
            };
            told.add(new Told(path + i, response.status()));
        }
        return told;
    }

    /** @param executed paths, as often as they were */
    private static void check(List<Told> told, Stream<String> executed) {
        Map<String, Long> executions =
                executed.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(executions.values()).as("seed %d", SEED).allMatch(times -> times == 1);
        // at least the one that the node was killed with
        assertThat(told).as("seed %d", SEED).anyMatch(post -> post.status() == 502);
        assertThat(told)
                .as("seed %d", SEED)
                .allMatch(
                        post -> post.status() == 502 || (post.status() == 200 && executions.containsKey(post.path())));
    }
}
