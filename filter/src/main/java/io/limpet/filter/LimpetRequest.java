package io.limpet.filter;

import io.limpet.Limpet;
import io.limpet.failover.Failover;
import io.limpet.filter.GuardedAsync.Begun;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request as the application sees it: no route anywhere, and every step that may write a session cookie is tagged. */
final class LimpetRequest extends HttpServletRequestWrapper {

    private final Exchange exchange;
    private final LimpetResponse response;

    /** Whether the container itself is at work in this request, to find out who the client is. */
    private boolean containerAsks;

    LimpetRequest(HttpServletRequest request, LimpetResponse response, Exchange exchange) {
        super(request);
        this.exchange = exchange;
        this.response = response;
    }

    /**
     * The exchange that a dispatch goes on with, known by our wrapper in the request.
     *
     * @return empty when the request arrives, when it is dispatched to an error page, for which containers take their own
     *     request, or when another application forwards to this one
     */
    static Optional<Exchange> exchangeOf(ServletRequest dispatched, Failover failover) {
        ServletRequest layer = dispatched;
        while (layer instanceof ServletRequestWrapper wrapper) {
            if (layer instanceof LimpetRequest ours && ours.exchange.isOf(failover)) {
                return Optional.of(ours.exchange);
            }
            layer = wrapper.getRequest();
        }
        return Optional.empty();
    }

    @Override
    public HttpSession getSession() {
        HttpSession session = getSession(true);
        if (session == null) {
            throw new IllegalStateException("the container made no session");
        }
        return session;
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        HttpSession session = exchange.session(create);
        // Jetty keeps the login in the session of the outermost request, and takes no session but its own for one
        return containerAsks && session instanceof LimpetSession watched ? watched.own() : session;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return exchange.guarded(super.getInputStream());
    }

    private interface Question<T extends @Nullable Object, E extends Exception> {
        T ask() throws E;
    }

    private <T extends @Nullable Object, E extends Exception> T whileTheContainerAsks(Question<T, E> question)
            throws E {
        boolean before = containerAsks;
        containerAsks = true;
        try {
            return question.ask();
        } finally {
            containerAsks = before;
        }
    }

    @Override
    public @Nullable String getRemoteUser() {
        return whileTheContainerAsks(super::getRemoteUser);
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return whileTheContainerAsks(super::getUserPrincipal);
    }

    @Override
    public @Nullable String getAuthType() {
        return whileTheContainerAsks(super::getAuthType);
    }

    @Override
    public boolean isUserInRole(String role) {
        return whileTheContainerAsks(() -> super.isUserInRole(role));
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        String requested = super.getRequestedSessionId();
        return requested == null ? null : exchange.requested().withoutRoute(requested);
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return exchange.adoptedSession() || super.isRequestedSessionIdValid();
    }

    /** Why this node serves is worked out when somebody asks, unless it was left in the request. */
    @Override
    public @Nullable Object getAttribute(String name) {
        Object value = super.getAttribute(name);
        return value == null && Limpet.ATTRIBUTE.equals(name) ? exchange.affinity() : value;
    }

    /** What Limpet leaves in the request is no attribute of the application's own. */
    @Override
    public Enumeration<String> getAttributeNames() {
        List<String> names = Collections.list(super.getAttributeNames());
        names.removeIf(name -> name.startsWith(Limpet.ATTRIBUTES) || name.equals(TaggedValues.ATTRIBUTE));
        return Collections.enumeration(names);
    }

    @Override
    public String changeSessionId() {
        return exchange.changeSessionId();
    }

    @Override
    public void login(String username, String password) throws ServletException {
        whileTheContainerAsks(() -> {
            super.login(username, password);
            return true;
        });
        exchange.sync();
    }

    @Override
    public void logout() throws ServletException {
        whileTheContainerAsks(() -> {
            super.logout();
            return true;
        });
        exchange.sync();
    }

    @Override
    public boolean authenticate(HttpServletResponse containerOrWrapped) throws IOException, ServletException {
        boolean before = containerAsks;
        containerAsks = true;
        boolean authenticated;
        try {
            authenticated = super.authenticate(containerOrWrapped);
        } finally {
            containerAsks = before;
        }
        exchange.sync();
        return authenticated;
    }

    /**
     * Without arguments the container would go on with its own request and response, and nothing would be tagged. Not this
     * wrapper, as containers push one of their own below it for a forward, which does not outlive the forward.
     */
    @Override
    public AsyncContext startAsync() {
        LimpetRequest arrived = exchange.arrived(response);
        return exchange.async().begin(super.startAsync(arrived, response), Begun.WITHOUT_ARGUMENTS);
    }

    @Override
    public AsyncContext startAsync(ServletRequest servletRequest, ServletResponse servletResponse) {
        boolean given = servletRequest == this && servletResponse == response;
        return exchange.async()
                .begin(
                        super.startAsync(servletRequest, servletResponse),
                        given ? Begun.WITH_WHAT_IT_WAS_GIVEN : Begun.WITH_ITS_OWN);
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext container = super.getAsyncContext(); // throws when the request is not asynchronous
        return exchange.async().current(container);
    }
}
