package io.limpet.probe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request that waits in the middle of its work until another one lets it go on. */
final class GateSteps {

    static final Map<String, Step> ALL = Map.of(
            "await-open", Step.here((scene, name) -> gate(name).pass()),
            "await-arrival", Step.here((scene, name) -> await(gate(name).arrived)),
            "open", Step.here((scene, name) -> gate(name).opened.countDown()));

    private static final long LIMIT_SECONDS = 20;
    private static final Map<String, Gate> GATES = new ConcurrentHashMap<>();

    private GateSteps() {}

    private static Gate gate(String name) {
        return GATES.computeIfAbsent(name, it -> new Gate(new CountDownLatch(1), new CountDownLatch(1)));
    }

    private record Gate(CountDownLatch arrived, CountDownLatch opened) {
        void pass() throws InterruptedException {
            arrived.countDown();
            await(opened);
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody came within " + LIMIT_SECONDS + " s");
        }
    }
}
