package io.limpet.probe;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/** What an application writes, and when it makes it leave. */
final class OutputSteps {

    static final Map<String, Step> ALL = Map.ofEntries(
            Map.entry("stream", Step.here((scene, argument) -> scene.useStream())),
            Map.entry("say", Step.here(Scene::say)),
            Map.entry("write", Step.here(OutputSteps::write)),
            Map.entry("write-once", Step.here((scene, length) -> scene.write("x".repeat(Integer.parseInt(length))))),
            Map.entry("buffer-once", Step.here(OutputSteps::bufferOnce)),
            Map.entry("when-possible", OutputSteps::whenPossible),
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

    /** {@code ServletOutputStream.write(ByteBuffer)} came with Servlet 6.1. */
    private static void bufferOnce(Scene scene, String length) throws Exception {
        byte[] bytes = "x".repeat(Integer.parseInt(length)).getBytes(StandardCharsets.UTF_8);
        Method write;
        try {
            write = ServletOutputStream.class.getMethod("write", ByteBuffer.class);
        } catch (NoSuchMethodException e) {
            scene.response().getOutputStream().write(bytes);
            return;
        }
        write.invoke(scene.response().getOutputStream(), ByteBuffer.wrap(bytes));
    }

    /** The container calls when it takes bytes; the request, which must be asynchronous, ends with them. */
    private static Step.Next whenPossible(Scene scene, String length) throws IOException {
        ServletOutputStream out = scene.response().getOutputStream();
        AsyncContext context = scene.request().getAsyncContext();
        Queue<byte[]> parts = new ArrayDeque<>();
        parts.add("x".repeat(Integer.parseInt(length)).getBytes(StandardCharsets.UTF_8));
        out.setWriteListener(new WriteListener() {
            @Override
            public void onWritePossible() throws IOException {
                while (out.isReady()) {
                    byte[] next = parts.poll();
                    if (next == null) {
                        context.complete();
                        return;
                    }
                    out.write(next);
                }
            }

            @Override
            public void onError(Throwable failure) {
                EventLog.add("write error " + failure.getClass().getSimpleName());
                context.complete();
            }
        });
        return Step.Next.ELSEWHERE;
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
