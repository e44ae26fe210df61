package io.limpet.proxy;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives what the server itself refuses, like a malformed request, the proxy's own short page. The connection ends with
 * it: where a malformed request ends is for nobody to say.
 */
final class ErrorPages implements Request.Handler {

    private static final HttpFields CLOSE = HttpFields.from(new HttpField(HttpHeader.CONNECTION, "close"));

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        new ErrorPage(status < 400 ? 500 : status, CLOSE).write(request, response, callback);
        return true;
    }
}
