package io.limpet.proxy.relay;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** A server with both lanes, each of which answers with its name, method, target and body. */
final class TwoLanes implements AutoCloseable {

    private static final int MOST_FIELDS = 50;

    private final Server server = new Server();
    private final ServerConnector connector;
    private final RelayConnections lane;

    TwoLanes() {
        this((request, response) -> write(response, answer("fast", request), Callback.from(request::giveBack)));
    }

    /** @param fast what the fast lane does instead */
    TwoLanes(Service fast) {
        lane = new RelayConnections(new HttpConnectionFactory(new HttpConfiguration()), MOST_FIELDS, fast);
        connector = new ServerConnector(server, 1, 1, lane);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                write(response, answer("other", request), Callback.from(() -> {
                    OtherLane.leave(request);
                    callback.succeeded();
                }));
                return true;
            }
        });
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many the fast lane has. */
    int connections() {
        return lane.connections();
    }

    /** The patrol is here. */
    void pass() {
        lane.pass();
    }

    private static String answer(String lane, Request request) {
        try {
            return lane
                    + ' '
                    + request.getMethod()
                    + ' '
                    + request.getHttpURI().getPathQuery()
                    + ' '
                    + Content.Source.asString(request)
                    + '\n';
        } catch (IOException e) {
            return lane + " failed: " + e.getMessage() + '\n';
        }
    }

    /** Until some connection is the other lane's. */
    void awaitHandOver() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> connector.getConnectedEndPoints().stream()
                        .anyMatch(endPoint -> endPoint.getConnection() instanceof OtherLane));
    }

    static void write(Response response, String body, Callback callback) {
        response.write(true, BufferUtil.toBuffer(body), callback);
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Says this, and reads the lines of bodies that come, so many of them. */
    static String talk(Socket socket, String said, int answers) throws IOException {
        say(socket, said);
        StringBuilder bodies = new StringBuilder();
        for (int i = 0; i < answers; i++) {
            readUntil(socket, "\r\n\r\n");
            bodies.append(readUntil(socket, "\n"));
        }
        return bodies.toString();
    }

    static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** As far as this, or to the end. */
    static String readUntil(Socket socket, String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            read.append((char) next);
            if (read.indexOf(end, read.length() - end.length()) >= 0) {
                break;
            }
        }
        return read.toString();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
