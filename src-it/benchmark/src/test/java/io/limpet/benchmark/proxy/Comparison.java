package io.limpet.benchmark.proxy;

import static org.awaitility.Awaitility.await;

import io.limpet.benchmark.CpuTime;
import io.limpet.benchmark.proxy.Saturation.Outcome;
import io.limpet.benchmark.proxy.Sheet.Metric;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * All proxies at once in front of one origin, asked in turns, forth and back, so that whatever else the machine does meets
 * all alike.
 */
final class Comparison implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(20);

    private static final int MANY = 1_000;
    private static final int SECONDS_OF_MANY = 3;

    private final Lab lab;
    private final Saturation saturation;
    private final Sheet sheet;
    private final Map<Proxy, Daemon> running = new LinkedHashMap<>();
    private final List<Daemon> all = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Comparison(Lab lab, Sheet sheet) {
        this.lab = lab;
        this.sheet = sheet;
        this.saturation = new Saturation(lab.configuration("load.lua"));
    }

    /** Starts one that is not measured, and waits until it serves. */
    void startOrigin(List<String> command, int port) {
        Daemon origin = Daemon.start(lab.folder().resolve("origin.log"), command);
        all.add(origin);
        awaitAnswer("the origin", origin, port);
    }

    /** Starts one that is measured, when it answers to begin with. */
    void start(Proxy proxy) {
        long begin = System.nanoTime();
        Daemon daemon =
                Daemon.start(lab.folder().resolve(proxy.name().replaceAll("\\W", "") + ".log"), proxy.command());
        all.add(daemon);
        awaitAnswer(proxy.name(), daemon, proxy.port(Proxy.Protocol.CLEAR));
        running.put(proxy, daemon);
        sheet.add("start", proxy.name(), Metric.START_MILLIS, (System.nanoTime() - begin) / 1e6);
        sheet.add("start", proxy.name(), Metric.IDLE_MEGABYTES, daemon.residentMegabytes());
    }

    private void awaitAnswer(String name, Daemon daemon, int port) {
        await(name)
                .atMost(START_LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .ignoreExceptionsInstanceOf(IOException.class)
                .failFast(name + " has ended, see " + lab.folder(), () -> !daemon.isAlive())
                .until(() -> ask(port, "n1").startsWith("n1 "));
    }

    /** What the origin says of the node that was asked, and of the cookies that it got. */
    String ask(int port, String route) throws IOException {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/cookie"))
                                    .header("Cookie", "a=b; JSESSIONID=4F2A." + route + "; c=d")
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Until every JVM has compiled what it runs in this case, or was given the time to. */
    void warmUp(Case measured) {
        running.keySet().stream().filter(it -> it.takes(measured)).forEach(proxy -> warmUp(proxy, measured));
    }

    private void warmUp(Proxy proxy, Case measured) {
        long end = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        long done = 0;
        do {
            done += saturation.run(proxy, measured, 2).requests();
        } while (done < proxy.warmUp() && System.nanoTime() < end);
    }

    /**
     * So many rounds of so many seconds with each proxy, once all are warm: another kind of request is other code. One
     * that answers nothing at all is asked no more.
     */
    void saturate(Case measured, int rounds, int seconds) {
        List<Proxy> turns = new ArrayList<>(
                running.keySet().stream().filter(it -> it.takes(measured)).toList());
        warmUp(measured);
        // thousands of connections take their time to be opened
        int turn = measured.connections() > MANY ? SECONDS_OF_MANY + seconds : seconds;
        for (int round = 0; round < rounds; round++) {
            for (Proxy proxy : List.copyOf(turns)) {
                Daemon daemon = daemon(proxy);
                CpuTime before = daemon.cpuTime();
                Outcome outcome = saturation.run(proxy, measured, turn);
                if (outcome.requests() == 0) {
                    System.out.println(proxy.name() + " answers nothing in round " + round + ": " + measured.name());
                    turns.remove(proxy);
                    continue;
                }
                double micros = daemon.cpuTime().since(before) / 1_000.0;
                add(measured.name(), proxy, Metric.CPU_MICROS, micros / outcome.requests());
                add(measured.name(), proxy, Metric.REQUESTS_A_SECOND, (double) outcome.requests() / turn);
                add(measured.name(), proxy, Metric.MEGABYTES, daemon.residentMegabytes());
                add(measured.name(), proxy, Metric.ERRORS, (double) outcome.errors());
            }
            Collections.reverse(turns);
        }
    }

    /** What each of them needs while nobody asks for anything. */
    void idle(String name, int seconds) {
        Map<Proxy, CpuTime> before = new LinkedHashMap<>();
        running.forEach((proxy, daemon) -> before.put(proxy, daemon.cpuTime()));
        long begin = System.nanoTime();
        await().pollDelay(Duration.ofSeconds(seconds))
                .atMost(Duration.ofSeconds(2L * seconds + 1))
                .until(() -> true);
        double passed = (System.nanoTime() - begin) / 1e9;
        before.forEach((proxy, then) -> add(
                name, proxy, Metric.CPU_MILLIS_A_SECOND, daemon(proxy).cpuTime().since(then) / 1e6 / passed));
    }

    /** How much more is resident with so many connections that have had one answer each, and none without. */
    void connect(String name, Proxy proxy, int connections) throws IOException {
        Daemon daemon = daemon(proxy);
        double before = neededMegabytes(proxy, daemon);
        try (IdleClients clients = new IdleClients(proxy.port(Proxy.Protocol.CLEAR))) {
            clients.open(connections);
            double more = neededMegabytes(proxy, daemon) - before;
            add(name, proxy, Metric.KILOBYTES_A_CONNECTION, more * 1024 / connections);
        }
    }

    private double neededMegabytes(Proxy proxy, Daemon daemon) {
        if (proxy.warmUp() > MANY) {
            daemon.collectGarbage(lab.folder().resolve("jcmd.log"));
        }
        return daemon.residentMegabytes();
    }

    /** The same at a rate that all of them can take. */
    void atRate(String name, FixedRate rate, int rounds, int seconds) {
        warmUp(Case.SMALL);
        List<Proxy> turns = new ArrayList<>(running.keySet());
        for (int round = 0; round < rounds; round++) {
            for (Proxy proxy : turns) {
                Daemon daemon = daemon(proxy);
                CpuTime before = daemon.cpuTime();
                Histogram micros = rate.run(proxy, seconds);
                double used = daemon.cpuTime().since(before) / 1_000.0;
                add(name, proxy, Metric.CPU_MICROS, used / micros.getTotalCount());
                add(name, proxy, Metric.P50_MICROS, (double) micros.getValueAtPercentile(50));
                add(name, proxy, Metric.P99_MICROS, (double) micros.getValueAtPercentile(99));
                add(name, proxy, Metric.P999_MICROS, (double) micros.getValueAtPercentile(99.9));
            }
            Collections.reverse(turns);
        }
    }

    private void add(String measured, Proxy proxy, Metric metric, double value) {
        sheet.add(measured, proxy.name(), metric, value);
    }

    private Daemon daemon(Proxy proxy) {
        Daemon daemon = running.get(proxy);
        if (daemon == null) {
            throw new IllegalStateException(proxy.name() + " was not started");
        }
        return daemon;
    }

    @Override
    public void close() {
        all.forEach(Daemon::close);
    }
}
