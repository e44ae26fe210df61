package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Exchanges that one side breaks off, by their numbers: when each was left, and when the other side was told. Nearly all
 * have to be in time, as something else may hold up the machine for once.
 */
final class Aborts {

    static final int TIMES = 20;
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int IN_TIME = 18;
    private static final String LARGE = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n";

    private final Map<Integer, Long> arrived = new ConcurrentHashMap<>();
    private final Map<Integer, Long> left = new ConcurrentHashMap<>();
    private final Map<Integer, Long> told = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> mayBreakOff = new CompletableFuture<>();

    /** The number that stands in the path of a request for a node. */
    static int number(String head) {
        return Integer.parseInt(head.substring(head.indexOf('/') + 1, head.indexOf(" HTTP")));
    }

    private static void await(Map<Integer, Long> all) {
        Awaitility.await().atMost(PATIENCE).until(() -> all.size() == TIMES);
    }

    void awaitArrivals() {
        await(arrived);
    }

    /** One side breaks off this moment. */
    void leaves(int i) {
        left.put(i, System.nanoTime());
    }

    /** The other one hears of it. */
    void isTold(int i) {
        told.putIfAbsent(i, System.nanoTime());
    }

    boolean areAllTold() {
        return told.size() == TIMES;
    }

    void assertInTime() {
        await(told);
        List<Long> millis = new ArrayList<>();
        left.forEach((i, at) -> millis.add(TimeUnit.NANOSECONDS.toMillis(told.getOrDefault(i, Long.MAX_VALUE) - at)));
        millis.sort(null);
        assertThat(millis).hasSize(TIMES);
        assertThat(millis.get(IN_TIME - 1)).as("milliseconds %s", millis).isLessThan(1_000);
    }

    /** What a node does that is told of its client's leaving: it sends more than anybody reads, or waits. */
    void serve(int i, boolean sends, Socket connection) throws IOException {
        arrived.put(i, System.nanoTime());
        try (connection) {
            if (sends) {
                SocketNode.write(connection, LARGE);
                for (int part = 0; part < 10_000; part++) {
                    connection.getOutputStream().write(new byte[100_000]);
                }
            } else {
                ClosedSockets.awaitEnd(connection);
            }
        } finally {
            isTold(i);
        }
    }

    /** What a node does that leaves, when it may: in the middle of its answer, or before. */
    void breakOff(int i, boolean sends, Socket connection) throws IOException {
        if (sends) {
            SocketNode.write(connection, LARGE + "begun");
        }
        arrived.put(i, System.nanoTime());
        mayBreakOff.join();
        leaves(i);
        connection.close();
    }

    /** Its nodes break off now. */
    void mayBreakOff() {
        mayBreakOff.complete(null);
    }
}
