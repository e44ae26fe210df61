package io.limpet.filter;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * The response as the application sees it. URLs are tagged; and before anything can leave, {@link CommitGuard} has the
 * session saved and its cookie tagged.
 */
final class LimpetResponse extends HttpServletResponseWrapper {

    private final Exchange exchange;
    private final CommitGuard guard;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;

    LimpetResponse(HttpServletResponse response, Exchange exchange) {
        super(response);
        this.exchange = exchange;
        this.guard = new CommitGuard(response, exchange);
    }

    @Override
    public @Nullable String encodeURL(@Nullable String url) {
        return exchange.tagUrl(super.encodeURL(url), url);
    }

    @Override
    public @Nullable String encodeRedirectURL(@Nullable String url) {
        return exchange.tagUrl(super.encodeRedirectURL(url), url);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream container = super.getOutputStream();
        if (stream == null) {
            stream = new GuardedStream(container, guard, exchange.work());
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        PrintWriter container = super.getWriter();
        if (writer == null) {
            writer = new GuardedWriter(container, guard, EncodedLength.in(Charset.forName(getCharacterEncoding())));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (guard.mayLeave()) {
            super.flushBuffer();
        }
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        if (guard.mayLeave()) {
            super.sendRedirect(location);
        }
    }

    // the next three came with Servlet 6.1; no container of 6.0 calls them

    @Override
    public void sendRedirect(String location, int status) throws IOException {
        if (guard.mayLeave()) {
            super.sendRedirect(location, status);
        }
    }

    @Override
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        if (guard.mayLeave()) {
            super.sendRedirect(location, clearBuffer);
        }
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        if (guard.mayLeave()) {
            super.sendRedirect(location, status, clearBuffer);
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        exchange.news().answering(status);
        if (guard.mayLeave()) {
            super.sendError(status);
        }
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        exchange.news().answering(status);
        if (guard.mayLeave()) {
            super.sendError(status, message);
        }
    }

    /** Tomcat forgets the session cookie with all other headers, Jetty adds it again, untagged. */
    @Override
    public void reset() {
        super.reset();
        stream = null;
        writer = null;
        guard.reset();
        exchange.sync();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        guard.reset();
    }

    @Override
    public void setContentLength(int length) {
        super.setContentLength(length);
        guard.expect(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        super.setContentLengthLong(length);
        guard.expect(length);
    }

    @Override
    public void setIntHeader(String name, int value) {
        super.setIntHeader(name, value);
        guard.expect(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        super.addIntHeader(name, value);
        guard.expect(name, Integer.toString(value));
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        super.setHeader(name, value);
        guard.expect(name, value);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        super.addHeader(name, value);
        guard.expect(name, value);
    }
}
