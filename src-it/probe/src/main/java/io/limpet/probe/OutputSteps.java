package io.limpet.probe;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What an application writes, and when it makes it leave. */
final class OutputSteps {

    static final Map<String, Step> ALL = Map.ofEntries(
            Map.entry("stream", Step.here((scene, argument) -> scene.useStream())),
            Map.entry("say", Step.here(Scene::say)),
            Map.entry("write", Step.here(OutputSteps::write)),
            Map.entry("write-once", Step.here((scene, length) -> scene.write("x".repeat(Integer.parseInt(length))))),
            Map.entry("byte-by-byte", Step.here(OutputSteps::byteByByte)),
            Map.entry("print", Step.here(OutputSteps::print)),
            Map.entry(
                    "check-error",
                    Step.here((scene, argument) ->
                            scene.say("error " + scene.response().getWriter().checkError()))),
            Map.entry("flush", Step.here(OutputSteps::flush)),
            Map.entry(
                    "flush-buffer",
                    Step.here((scene, argument) -> scene.response().flushBuffer())),
            Map.entry("close", Step.here(OutputSteps::close)),
            Map.entry("reset", Step.here((scene, argument) -> scene.response().reset())),
            Map.entry(
                    "reset-buffer",
                    Step.here((scene, argument) -> scene.response().resetBuffer())),
            Map.entry("buffer", Step.here((scene, size) -> scene.response().setBufferSize(Integer.parseInt(size)))),
            Map.entry("length", Step.here((scene, n) -> scene.response().setContentLength(Integer.parseInt(n)))),
            Map.entry("type", Step.here((scene, type) -> scene.response().setContentType(type))),
            Map.entry(
                    "committed",
                    Step.here((scene, argument) ->
                            scene.say("committed " + scene.response().isCommitted()))));

    private OutputSteps() {}

    private static void write(Scene scene, String length) throws IOException {
        int rest = Integer.parseInt(length);
        String line = "x".repeat(99) + "\n";
        for (; rest >= line.length(); rest -= line.length()) {
            scene.write(line);
        }
        scene.write("x".repeat(rest));
    }

    private static void byteByByte(Scene scene, String text) throws IOException {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            scene.response().getOutputStream().write(b);
        }
    }

    /** The print methods, of which containers have opinions of their own. */
    private static void print(Scene scene, String argument) throws IOException {
        HttpServletResponse response = scene.response();
        if (scene.usesStream()) {
            response.getOutputStream().print("\u00e9t\u00e9 ");
            response.getOutputStream().print(42);
            response.getOutputStream().print(true);
            response.getOutputStream().println('c');
            response.getOutputStream().println(1.5);
            response.getOutputStream().println();
            response.getOutputStream().print("\u20ac 5");
        } else {
            response.getWriter().print("\u00e9t\u00e9 \u20ac ");
            response.getWriter().print(42);
            response.getWriter().println(true);
            response.getWriter().format("%s %d%n", "formatted", 7).append('c').append("text");
            response.getWriter().println(new char[] {'a', 'b'});
        }
    }

    private static void flush(Scene scene, String argument) throws IOException {
        if (scene.usesStream()) {
            scene.response().getOutputStream().flush();
        } else {
            scene.response().getWriter().flush();
        }
    }

    private static void close(Scene scene, String argument) throws IOException {
        if (scene.usesStream()) {
            scene.response().getOutputStream().close();
        } else {
            scene.response().getWriter().close();
        }
    }
}
