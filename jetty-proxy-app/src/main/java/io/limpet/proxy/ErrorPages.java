package io.limpet.proxy;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Gives what the server itself refuses, like a malformed request, the proxy's own short page. */
final class ErrorPages implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        new ErrorPage(status < 400 ? 500 : status).write(request, response, callback);
        return true;
    }
}
