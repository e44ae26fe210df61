package io.limpet.proxy;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Gives what the server itself refuses, like a malformed request, the proxy's own short page. The connection ends with
 * it: where a malformed request ends is for nobody to say. In a server of your own it is the error handler to set, on
 * the server and on the servlet's context.
 *
 * <p>Any thread may call it.
 */
public final class ErrorPages implements Request.Handler {

    private static final HttpFields CLOSE = HttpFields.from(new HttpField(HttpHeader.CONNECTION, "close"));

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        new ErrorPage(status(request, response), CLOSE).write(request, response, callback);
        return true;
    }

    private static int status(Request request, Response response) {
        boolean handled = ContextHandler.getContextHandler(request) != null;
        if (!handled && request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof IllegalArgumentException) {
            return HttpStatus.BAD_REQUEST_400; // of an HTTP/2 head whose Host is none Jetty itself says 500
        }
        return response.getStatus() < 400 ? HttpStatus.INTERNAL_SERVER_ERROR_500 : response.getStatus();
    }
}
