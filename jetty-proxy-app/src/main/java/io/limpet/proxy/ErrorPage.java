package io.limpet.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * A short answer of the proxy's own, as HTML or, to who asks for it, JSON. It names neither software nor node nor
 * cause: those stand in the log.
 *
 * @param status the HTTP status, 400 or above
 * @param fields further header fields, like {@code Retry-After}
 */
record ErrorPage(int status, HttpFields fields) {

    private static final String JSON = "application/json";

    private static final Map<Integer, String> ADVICE = Map.of(
            404, "There is nothing here.",
            405, "This method ends here.",
            413, "That is more than is taken here.",
            502, "The application did not answer as it should. If you sent something, check whether it arrived.",
            503, "The application cannot be reached at the moment. Please try again soon.",
            504, "The application took too long to answer.");

    ErrorPage(int status) {
        this(status, HttpFields.EMPTY);
    }

    /**
     * No node can serve (RFC 9110 §15.6.4).
     *
     * @param seconds when the client may try again
     */
    static ErrorPage unavailable(long seconds) {
        return new ErrorPage(503, HttpFields.from(new HttpField(HttpHeader.RETRY_AFTER, Long.toString(seconds))));
    }

    /** A body that is longer than it may be; the rest of it is not worth the connection (RFC 9110 §15.5.14). */
    static ErrorPage contentTooLarge() {
        return new ErrorPage(413, HttpFields.from(new HttpField(HttpHeader.CONNECTION, "close")));
    }

    /** Writes the page as the whole response, in place of any fields set before. */
    void write(Request request, Response response, Callback callback) {
        boolean json = wantsJson(request.getHeaders());
        byte[] body = (json ? json() : html()).getBytes(StandardCharsets.UTF_8);
        response.reset();
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        fields.forEach(headers::add);
        headers.put(HttpHeader.CONTENT_TYPE, json ? JSON : "text/html;charset=utf-8");
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, BufferUtil.toBuffer(body), callback);
    }

    /** Whichever of the two the client likes better (RFC 9110 §12.5.1), or names first. */
    private static boolean wantsJson(HttpFields headers) {
        return headers.getQualityCSV(HttpHeader.ACCEPT).stream()
                .map(range -> HttpField.stripParameters(range).toLowerCase(Locale.ROOT))
                .filter(type -> type.equals(JSON) || type.equals("text/html"))
                .findFirst()
                .filter(JSON::equals)
                .isPresent();
    }

    private String json() {
        return "{\"status\":%d,\"error\":\"%s\"}%n".formatted(status, title());
    }

    private String html() {
        return """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>%1$d %2$s</title>
                <style>body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1rem}</style>
                <h1>%2$s</h1>
                <p>%3$s</p>
                <p><small>%1$d</small></p>
                </html>
                """.formatted(status, title(), ADVICE.getOrDefault(status, "This request cannot be answered."));
    }

    private String title() {
        return HttpStatus.getMessage(status);
    }
}
