package io.limpet.filter;

import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;

/**
 * The filter as it is, twice: two containers with a small application, failover on, and their sessions in two members of
 * one cluster. All of it in this process, on free ports of 127.0.0.1, so that a test may lay hands on what is stored.
 */
final class TwoTomcats implements AutoCloseable {

    private static final String COOKIE = "JSESSIONID=";
    /** Held, because a logger that nobody holds forgets its level. */
    private static final List<Logger> QUIET = Stream.of("com.hazelcast", "org.apache", "io.limpet")
            .map(Logger::getLogger)
            .toList();

    static {
        QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
    }

    private final String cluster = "test-" + UUID.randomUUID();
    private final List<FilteredTomcat> nodes = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    TwoTomcats(Path work) {
        List<String> members = freeAddresses();
        for (int i = 0; i < 2; i++) {
            String name = "n" + (i + 1);
            FilteredTomcat node = new FilteredTomcat(work.resolve(name));
            nodes.add(node);
            node.with("", new Application(), settings(name, members, members.get(i)))
                    .start();
        }
    }

    private Map<String, String> settings(String name, List<String> members, String bind) {
        return Map.of(
                "node",
                name,
                "failover",
                "true",
                "cluster",
                cluster,
                "members",
                String.join(",", members),
                "bind",
                bind,
                "session-classes",
                Shelf.class.getName());
    }

    /** Puts {@code ?set=item} into the session, or ends it at {@code ?end}, and says what is in the session. */
    private static final class Application extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String item = request.getParameter("set");
            HttpSession session = request.getSession(item != null);
            if (session != null && item != null) {
                session.setAttribute("cart", item);
            }
            response.getWriter().print(session == null ? "no session" : session.getAttribute("cart"));
            if (session != null && request.getParameter("end") != null) {
                session.invalidate();
            }
        }
    }

    /** What came back, and the session's id from then on. */
    record Answer(int status, String body, String id, boolean triesAgain) {}

    /** A request that comes with this session id, as the proxy hands it on; an empty one is none. */
    Answer ask(String node, String id, String query) {
        Answer answer = askOnce(node, id, query);
        // what follows an adoption is sent back for its new cookie where CDI runs, as it may here since another test
        return answer.status() == 307 ? askOnce(node, answer.id(), query) : answer;
    }

    private Answer askOnce(String node, String id, String query) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(tomcat(node).uri("/?" + query)).timeout(Duration.ofSeconds(20));
        if (!id.isEmpty()) {
            request.header("Cookie", COOKIE + id);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            String now = answer.headers().allValues("Set-Cookie").stream()
                    .map(line -> line.replaceFirst("^" + COOKIE + "([^;.]*).*", "$1"))
                    .reduce(id, (before, later) -> later);
            boolean triesAgain = answer.headers().firstValue("Retry-After").isPresent();
            return new Answer(answer.statusCode(), answer.body(), now, triesAgain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private FilteredTomcat tomcat(String node) {
        return nodes.get(node.equals("n1") ? 0 : 1);
    }

    /** What is stored under a key. */
    byte[] stored(String key) {
        return Objects.requireNonNull(records().get(key));
    }

    /** Lays something else there. */
    void store(String key, byte[] bytes) {
        records().set(key, bytes);
    }

    private IMap<String, byte[]> records() {
        HazelcastInstance member = Hazelcast.getAllHazelcastInstances().stream()
                .filter(instance -> instance.getConfig().getClusterName().equals(cluster))
                .findFirst()
                .orElseThrow();
        String name = member.getDistributedObjects().stream()
                .filter(object -> object instanceof IMap)
                .map(DistributedObject::getName)
                .filter(map -> map.startsWith("limpet.sessions"))
                .findFirst()
                .orElseThrow();
        return member.getMap(name);
    }

    @Override
    public void close() throws LifecycleException {
        for (FilteredTomcat node : nodes) {
            node.close();
        }
    }

    private static List<String> freeAddresses() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket other = new ServerSocket(0, 1, loopback)) {
            return List.of("127.0.0.1:" + one.getLocalPort(), "127.0.0.1:" + other.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class of the application, which may be stored. */
    static final class Shelf implements java.io.Serializable {

        private static final long serialVersionUID = 1L;

        private final @Nullable String fault;

        /** @param fault what it fails with when it is read back */
        Shelf(@Nullable String fault) {
            this.fault = fault;
        }

        private Object readResolve() {
            if (fault != null) {
                throw new AssertionError(fault);
            }
            return this;
        }
    }
}
