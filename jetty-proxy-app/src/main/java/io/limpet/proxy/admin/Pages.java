package io.limpet.proxy.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The dashboard's files, from the jar. */
final class Pages {

    private static final Map<String, String> TYPES = Map.of(
            "/", "text/html;charset=utf-8",
            "/dashboard.css", "text/css;charset=utf-8",
            "/dashboard.js", "text/javascript;charset=utf-8",
            "/icon.svg", "image/svg+xml");

    private Pages() {}

    /** Writes the page of this path; {@code false} when there is none. */
    static boolean write(String path, Response response, Callback callback) {
        String type = TYPES.get(path);
        if (type == null) {
            return false;
        }
        byte[] page = read(path.equals("/") ? "dashboard.html" : path.substring(1));
        Answers.write(response, callback, 200, type, page);
        return true;
    }

    private static byte[] read(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
