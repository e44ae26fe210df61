package io.limpet.shop;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that the shop keeps in the session of whoever sent a request.
 *
 * <p>One instance serves one request; what it hands out is shared by all requests of the session.
 */
final class Visitor {

    /** The longest name that a visitor may give, in UTF-16 characters. */
    static final int LONGEST_NAME = 60;

    private static final String CART = "cart";
    private static final String VISITS = "visits";
    private static final String USER = "user";

    // two first requests of one session must not each make a basket: one of the two would be lost
    private static final Object FIRST_USE = new Object();

    private final HttpServletRequest request;
    private final HttpSession session;

    private Visitor(HttpServletRequest request, HttpSession session) {
        this.request = request;
        this.session = session;
    }

    /** The visitor behind a request; a session begins when there is none. */
    static Visitor of(HttpServletRequest request) {
        return new Visitor(request, request.getSession());
    }

    /** The visitor behind a request, if a session has begun before. */
    static Optional<Visitor> known(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false)).map(session -> new Visitor(request, session));
    }

    /** Enough of the session's id to recognise it, not enough to use it. */
    String shortId() {
        String id = session.getId();
        return id.substring(0, Math.min(8, id.length()));
    }

    Cart cart() {
        return kept(CART, Cart.class, Cart::new);
    }

    Visits visits() {
        return kept(VISITS, Visits.class, Visits::new);
    }

    Optional<String> user() {
        return Optional.ofNullable((String) session.getAttribute(USER));
    }

    /** Whether a visitor can be called so: not blank and not longer than {@link #LONGEST_NAME}. */
    static boolean isName(String name) {
        return !name.isBlank() && name.length() <= LONGEST_NAME;
    }

    /** From now on the session belongs to a user, so it gets a new id: whoever knew the old one is not logged in. */
    void logIn(String name) {
        request.changeSessionId();
        session.setAttribute(USER, name);
    }

    /** Ends the session with everything in it. */
    void logOut() {
        session.invalidate();
    }

    private <T> T kept(String name, Class<T> type, Supplier<T> first) {
        Object value = session.getAttribute(name);
        if (value == null) {
            synchronized (FIRST_USE) {
                value = session.getAttribute(name);
                if (value == null) {
                    value = first.get();
                    session.setAttribute(name, value);
                }
            }
        }
        return type.cast(value);
    }
}
