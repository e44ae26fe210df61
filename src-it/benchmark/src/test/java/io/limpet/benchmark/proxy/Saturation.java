package io.limpet.benchmark.proxy;

import io.limpet.benchmark.proxy.Proxy.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As many requests as are answered: by wrk, and for HTTP/2 by h2load.
 *
 * @param script what wrk asks for
 */
record Saturation(Path script) {

    private static final Pattern WRK_DONE = Pattern.compile("(\\d+) requests in");
    private static final Pattern WRK_WRONG = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern WRK_BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+)");
    private static final String WRK_UNREACHABLE = "unable to connect to";
    private static final Pattern H2_DONE = Pattern.compile("(\\d+) succeeded, (\\d+) failed, (\\d+) errored");

    /**
     * What came of it.
     *
     * @param requests answered well
     * @param errors all others; one when the proxy took no connection at all
     */
    record Outcome(long requests, long errors) {

        static final Outcome UNREACHABLE = new Outcome(0, 1);
    }

    Outcome run(Proxy proxy, Case measured, int seconds) {
        return measured.protocol() == Protocol.HTTP2 ? h2load(proxy, measured, seconds) : wrk(proxy, measured, seconds);
    }

    private Outcome wrk(Proxy proxy, Case measured, int seconds) {
        String scheme = measured.protocol() == Protocol.TLS ? "https" : "http";
        String out = output(
                List.of(
                        "wrk",
                        "-t1",
                        "-c" + measured.connections(),
                        "-d" + seconds + "s",
                        "--timeout",
                        "10s",
                        "-s",
                        script.toString(),
                        scheme + "://127.0.0.1:" + proxy.port(measured.protocol())),
                Map.of("METHOD", measured.method(), "TARGET", measured.path(), "BODY", "" + measured.body()));
        if (out.startsWith(WRK_UNREACHABLE)) {
            return Outcome.UNREACHABLE;
        }
        long wrong = number(WRK_WRONG, out, 1, 0);
        long broken = number(WRK_BROKEN, out, 1, 0) + number(WRK_BROKEN, out, 2, 0) + number(WRK_BROKEN, out, 3, 0);
        return new Outcome(number(WRK_DONE, out, 1, -1) - wrong, wrong + broken);
    }

    private static Outcome h2load(Proxy proxy, Case measured, int seconds) {
        String out = output(
                List.of(
                        "h2load",
                        "-t1",
                        "-c" + measured.connections(),
                        "-m8",
                        "-D" + seconds,
                        "-H",
                        "cookie: theme=dark; JSESSIONID=4F2A.n2; _ga=GA1.2.1234567890.1700000000",
                        "http://127.0.0.1:" + proxy.port(Protocol.HTTP2) + measured.path()),
                Map.of());
        return new Outcome(number(H2_DONE, out, 1, -1), number(H2_DONE, out, 2, 0) + number(H2_DONE, out, 3, 0));
    }

    private static long number(Pattern pattern, String out, int group, long otherwise) {
        Matcher found = pattern.matcher(out);
        if (found.find()) {
            return Long.parseLong(found.group(group));
        }
        if (otherwise < 0) {
            throw new IllegalStateException("no " + pattern + " in: " + out);
        }
        return otherwise;
    }

    private static String output(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(command.get(0) + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
