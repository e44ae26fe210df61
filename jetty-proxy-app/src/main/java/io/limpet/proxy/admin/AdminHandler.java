package io.limpet.proxy.admin;

import io.limpet.proxy.peer.OrderList;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** Who asks for what: guards first, then pages, the API and metrics. */
final class AdminHandler extends Handler.Abstract {

    /** An order is a line; nobody needs more. */
    private static final long MAX_BODY = 4_096;

    /** Another proxy tells all orders there are. */
    private static final long MAX_ORDERS = 1_024 * 1_024;

    private final Guard guard;
    private final Operated operated;
    private final Live live;
    private final Changes changes;

    AdminHandler(Guard guard, Operated operated, Live live) {
        this.guard = guard;
        this.operated = operated;
        this.live = live;
        this.changes = new Changes(operated.states());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Answers.protect(response.getHeaders());
        Optional<Problem> refusal = guard.againstReading(request);
        if (refusal.isPresent()) {
            Answers.problem(response, callback, refusal.get());
            return true;
        }
        switch (request.getMethod()) {
            case "GET", "HEAD" -> read(request, response, callback);
            case "POST" -> change(request, response, callback);
            default -> {
                response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD, POST");
                Answers.problem(response, callback, new Problem(405, "there is GET and POST"));
            }
        }
        return true;
    }

    private void read(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (Pages.write(path, response, callback)) {
            return;
        }
        switch (path) {
            case "/metrics" -> {
                byte[] text =
                        operated.metrics().scrape(operated.states().nodes()).getBytes(StandardCharsets.UTF_8);
                Answers.write(response, callback, 200, "text/plain; version=0.0.4; charset=utf-8", text);
            }
            case "/api/nodes" -> Answers.json(response, callback, 200, live.view());
            case "/api/explain" -> explain(request, response, callback);
            case "/api/events" -> listen(response, callback);
            default -> Answers.problem(response, callback, new Problem(404, "there is nothing at " + path));
        }
    }

    private void explain(Request request, Response response, Callback callback) throws Exception {
        Fields query = Request.extractQueryParameters(request);
        String session = query.getValue("session");
        if (session == null || session.isEmpty()) {
            Answers.problem(response, callback, new Problem(400, "write ?session=VALUE, the session cookie's value"));
            return;
        }
        String path = query.getValue("path");
        Answers.json(response, callback, 200, operated.explain().apply(session, path == null ? "/" : path));
    }

    private void listen(Response response, Callback callback) {
        if (live.streams().isFull()) {
            Answers.problem(response, callback, new Problem(503, "too many pages listen already"));
            return;
        }
        String nodes = EventStreams.frame("nodes", Json.of(live.view()));
        live.timeline().replay(past -> live.streams().add(response, callback, frames(past) + nodes));
    }

    private static String frames(List<Event> events) {
        return events.stream()
                .map(event -> EventStreams.frame("event", Json.of(event)))
                .collect(Collectors.joining());
    }

    private void change(Request request, Response response, Callback callback) throws Exception {
        Optional<Problem> refusal = guard.againstChanging(request);
        if (refusal.isPresent()) {
            if (refusal.get().status() == 401) {
                response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            }
            Answers.problem(response, callback, refusal.get());
            return;
        }
        String path = Request.getPathInContext(request);
        Optional<String> node = Changes.nodeIn(path);
        if (node.isPresent()) {
            order(node.get(), request, response, callback);
            return;
        }
        if (path.equals("/api/reload")) {
            // nobody needs it; but Jetty ends the connection behind an answer that does not wait for it
            Content.Source.consumeAll(request);
            ReloadOutcome outcome = operated.reload().get();
            live.timeline().reloaded(outcome);
            Answers.json(response, callback, outcome.accepted() ? 200 : 409, outcome);
            return;
        }
        if (path.equals("/api/orders")) {
            exchange(request, response, callback);
            return;
        }
        Answers.problem(response, callback, new Problem(404, "there is nothing to change at " + path));
    }

    private void order(String node, Request request, Response response, Callback callback) throws Exception {
        if (isTooLong(MAX_BODY, request, response, callback)) {
            return;
        }
        Optional<Problem> wrong = changes.order(node, Content.Source.asString(request));
        if (wrong.isPresent()) {
            Answers.problem(response, callback, wrong.get());
            return;
        }
        Answers.json(response, callback, 200, live.view());
    }

    /** Another proxy tells its orders and hears these. */
    private void exchange(Request request, Response response, Callback callback) throws Exception {
        if (isTooLong(MAX_ORDERS, request, response, callback)) {
            return;
        }
        try {
            operated.states().take(OrderList.read(Content.Source.asString(request)));
        } catch (IllegalArgumentException e) {
            Answers.problem(response, callback, new Problem(400, "these are no orders: " + e.getMessage()));
            return;
        }
        byte[] orders = OrderList.write(operated.states().stampedOrders()).getBytes(StandardCharsets.UTF_8);
        Answers.write(response, callback, 200, "application/json", orders);
    }

    private static boolean isTooLong(long most, Request request, Response response, Callback callback) {
        boolean tooLong = request.getLength() < 0 || request.getLength() > most;
        if (tooLong) {
            Answers.problem(response, callback, new Problem(413, "an order has up to " + most + " bytes"));
        }
        return tooLong;
    }
}
