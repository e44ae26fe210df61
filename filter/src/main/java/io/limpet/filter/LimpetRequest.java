package io.limpet.filter;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The request as the application sees it: no route anywhere, and every step that may write a session cookie is tagged. */
final class LimpetRequest extends HttpServletRequestWrapper {

    private final Exchange exchange;
    private final LimpetResponse response;
    private @Nullable AsyncContext async;

    LimpetRequest(HttpServletRequest request, LimpetResponse response, Exchange exchange) {
        super(request);
        this.exchange = exchange;
        this.response = response;
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
        return exchange.session(create);
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        String requested = super.getRequestedSessionId();
        return requested == null ? null : exchange.tagger().withoutRoute(requested);
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return exchange.adoptedSession() || super.isRequestedSessionIdValid();
    }

    @Override
    public String changeSessionId() {
        return exchange.changeSessionId();
    }

    @Override
    public void login(String username, String password) throws ServletException {
        super.login(username, password);
        exchange.sessionMayHaveChanged();
    }

    @Override
    public void logout() throws ServletException {
        super.logout();
        exchange.sessionMayHaveChanged();
    }

    @Override
    public boolean authenticate(HttpServletResponse containerOrWrapped) throws IOException, ServletException {
        boolean authenticated = super.authenticate(containerOrWrapped);
        exchange.sessionMayHaveChanged();
        return authenticated;
    }

    /** Without arguments the container would go on with its own request and response, and nothing would be tagged. */
    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest servletRequest, ServletResponse servletResponse) {
        async = new GuardedAsync(super.startAsync(servletRequest, servletResponse), exchange);
        return async;
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext container = super.getAsyncContext(); // throws when the request is not asynchronous
        return async == null ? container : async;
    }
}
