package io.limpet.shop;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One HTML page: a template between the head and the foot that all pages share; immutable. */
final class Page {

    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .escapeHTML(true)
            .emptyStringIsFalse(true)
            .zeroIsFalse(true)
            .withLoader(name -> new StringReader(Resources.text("templates/" + name + ".mustache")));

    // everything that the pages need comes from the shop itself; what slips past the escaping cannot run
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final int NODE_COLOURS = 6;

    private final Template template;

    private Page(Template template) {
        this.template = template;
    }

    /** The page of {@code templates/<name>.mustache}; an unreadable template is found here and not by a visitor. */
    static Page named(String name) {
        return new Page(COMPILER.compile(Resources.text("templates/" + name + ".mustache")));
    }

    /**
     * Writes the page as the response. The status is the caller's to set; nothing else may have been written.
     *
     * @param visitor whose name, basket and visits stand in head and foot; empty when no session has begun
     */
    void show(
            HttpServletRequest request,
            HttpServletResponse response,
            Optional<Visitor> visitor,
            Map<String, Object> content)
            throws IOException {
        Map<String, Object> model = new HashMap<>(content);
        model.put("root", request.getContextPath());
        model.put("node", NodeName.get());
        model.put("colour", Math.floorMod(NodeName.get().hashCode(), NODE_COLOURS));
        model.put("visitor", visitor.map(Page::facts).map(List::of).orElse(List.of()));
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", POLICY);
        PrintWriter out = response.getWriter();
        template.execute(model, out);
    }

    private static Map<String, Object> facts(Visitor visitor) {
        return Map.of(
                "session", visitor.shortId(),
                "visits", visitor.visits().count(),
                "items", visitor.cart().items().size(),
                "user", visitor.user().orElse(""));
    }

    /** Sends the browser on with a GET, so that loading the page again does not repeat a form. */
    static void goTo(HttpServletRequest request, HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", request.getContextPath() + path);
    }
}
