package io.limpet.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * One visitor, who keeps the session cookie as a browser does and follows no redirection.
 *
 * <p>For any number of threads: as in a browser with several tabs, the cookie of the last answer wins.
 */
public final class Browser {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    private final URI origin;
    private final Duration patience;
    private final boolean pastTheProxy;
    private volatile Optional<String> session;

    /** One who was never there. */
    public Browser(URI origin) {
        this(origin, LIMIT, false, Optional.empty());
    }

    private Browser(URI origin, Duration patience, boolean pastTheProxy, Optional<String> session) {
        this.origin = origin;
        this.patience = patience;
        this.pastTheProxy = pastTheProxy;
        this.session = session;
    }

    /** One who was never there and asks a node itself, with the session cookie that the proxy would pass on. */
    public static Browser at(URI node) {
        return new Browser(node, LIMIT, true, Optional.empty());
    }

    /** One who comes with that session cookie. */
    public static Browser with(URI origin, String session) {
        return with(origin, session, LIMIT);
    }

    /** One who comes with that session cookie and waits so long for an answer. */
    public static Browser with(URI origin, String session, Duration patience) {
        return new Browser(origin, patience, false, Optional.of(session));
    }

    /** The session cookie's value, with the route. */
    public String session() {
        return session.orElseThrow(() -> new IllegalStateException("no session has begun"));
    }

    /** The node that the session cookie names, once there is one. */
    public Optional<String> route() {
        return session.map(value -> value.substring(value.lastIndexOf('.') + 1));
    }

    /** The session cookie's value without the route, as a proxy sends it to a node. */
    public String untagged() {
        return session().substring(0, session().lastIndexOf('.'));
    }

    /**
     * Asks for a page.
     *
     * @throws UncheckedIOException when no answer came
     */
    public Answer get(String path) {
        return send(HttpRequest.newBuilder(origin.resolve(path)).GET());
    }

    /**
     * Asks for a page with a header of the request's own.
     *
     * @throws UncheckedIOException when no answer came
     */
    public Answer get(String path, String header, String value) {
        return send(HttpRequest.newBuilder(origin.resolve(path)).GET().header(header, value));
    }

    /**
     * Posts to a page, without a body.
     *
     * @throws UncheckedIOException when no answer came
     */
    public Answer post(String path) {
        return send(HttpRequest.newBuilder(origin.resolve(path)).POST(BodyPublishers.noBody()));
    }

    /** What is in the cart, by asking for it. */
    public Cart cart() {
        return get("/api/cart").cart();
    }

    /** Puts one thing into the cart and demands that it is in. */
    public Cart add(String item) {
        Cart cart = post("/api/cart?item=" + item).cart();
        if (!cart.items().contains(item)) {
            throw new AssertionError(item + " is not in " + cart);
        }
        return cart;
    }

    private Answer send(HttpRequest.Builder request) {
        session.ifPresent(
                value -> request.header("Cookie", SessionCookie.NAME + "=" + (pastTheProxy ? untagged() : value)));
        try {
            Answer answer = Answer.of(HTTP.send(request.timeout(patience).build(), BodyHandlers.ofString()));
            answer.sessionCookies().forEach(cookie -> session = kept(cookie));
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> kept(SessionCookie cookie) {
        return cookie.attributes().contains("Max-Age=0") ? Optional.empty() : Optional.of(cookie.value());
    }
}
