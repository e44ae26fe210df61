package io.limpet.proxy.admin;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Those who listen to what happens, as server-sent events (HTML Living Standard §9.2). Safe for any number of threads. */
final class EventStreams {

    /** Each holds a connection; a page that is opened too often is answered 503. */
    private static final int MOST = 32;

    private final Set<EventClient> clients = ConcurrentHashMap.newKeySet();

    boolean isFull() {
        return clients.size() >= MOST;
    }

    /** Listens from now on, after this frame. */
    void add(Response response, Callback callback, String first) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        EventClient[] client = new EventClient[1];
        client[0] = new EventClient(response, callback, () -> clients.remove(client[0]));
        clients.add(client[0]);
        client[0].send("retry: 2000\n\n" + first);
    }

    void send(String frame) {
        clients.forEach(client -> client.send(frame));
    }

    /** The name and the data, which is one line. */
    static String frame(String event, String data) {
        return "event: " + event + "\ndata: " + data + "\n\n";
    }

    void close() {
        clients.forEach(EventClient::close);
    }
}
