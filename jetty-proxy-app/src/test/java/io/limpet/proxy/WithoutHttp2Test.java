package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

/** The servlet in a server that has no HTTP/2, nor the classes of it. */
class WithoutHttp2Test {

    private static final String AGREED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

    /** What is asked there. */
    public static final class Asked {

        private Asked() {}

        /** A client that leaves in its body is heard by its node, and so is one of HTTP/1.0. */
        public static void leavesInItsBody() throws Exception {
            for (String version : List.of("1.1", "1.0")) {
                asks("POST / HTTP/" + version + "\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123", "");
            }
        }

        /** What the patrol asks of a request that is none of HTTP/1.1. */
        public static void hasNoStream() {
            Connection connection = standIn(Connection.class, Map.of());
            ConnectionMetaData met = standIn(
                    ConnectionMetaData.class,
                    Map.of("getConnection", connection, "getHttpVersion", HttpVersion.HTTP_1_0));
            Request request = standIn(Request.class, Map.of("getConnectionMetaData", met));
            assertThat(ClientStream.of(request)).isEmpty();
        }

        private static <T> T standIn(Class<T> type, Map<String, Object> answers) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (it, method, given) -> answers.get(method.getName())));
        }

        /** A tunnel that its client breaks. */
        public static void breaksItsTunnel() throws Exception {
            asks("GET /chat HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", "HTTP/1.1 101 ");
        }

        private static void asks(String request, String answer) throws Exception {
            CompletableFuture<Void> arrived = new CompletableFuture<>();
            CompletableFuture<Void> ended = new CompletableFuture<>();
            try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                        if (head.contains("Upgrade: ")) {
                            SocketNode.write(connection, AGREED);
                        }
                        arrived.complete(null);
                        awaitEnd(connection);
                        ended.complete(null);
                    });
                    ForeignJetty server = ForeignJetty.strict(
                            Map.of("nodes", "n1=" + n1.node().uri()))) {
                try (WireClient client = new WireClient(server.port(), Duration.ofSeconds(20))) {
                    client.send(request);
                    boolean tunnel = !answer.isEmpty();
                    if (tunnel) {
                        assertThat(client.readUntil("\r\n\r\n")).startsWith(answer);
                    }
                    arrived.get(10, TimeUnit.SECONDS);
                    if (tunnel) {
                        client.reset();
                    }
                }
                ended.get(10, TimeUnit.SECONDS);
            }
        }

        private static void awaitEnd(Socket connection) throws IOException {
            ClosedSockets.awaitEnd(connection);
            connection.close();
        }
    }

    @Test
    void whoLeavesInItsBodyIsHeard() throws Exception {
        ask("leavesInItsBody");
    }

    @Test
    void aRequestOfAnOldClientIsInNoStream() throws Exception {
        ask("hasNoStream");
    }

    @Test
    void aTunnelThatBreaksEnds() throws Exception {
        ask("breaksItsTunnel");
    }

    private static void ask(String what) throws Exception {
        List<URL> classes = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!new File(entry).getName().startsWith("jetty-http2-")) {
                classes.add(new File(entry).toURI().toURL());
            }
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader without =
                new URLClassLoader(classes.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(without);
            assertThat(without.getResource("org/eclipse/jetty/http2/HTTP2Connection.class"))
                    .isNull();
            without.loadClass(Asked.class.getName()).getMethod(what).invoke(null);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
