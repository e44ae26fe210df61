package io.limpet.filter;

/**
 * Drains the node when the JVM is told to end (SIGTERM), so that a container that ends slowly, letting requests finish,
 * gets no new sessions meanwhile. Must be forgotten when the application ends: the JVM would keep its class loader.
 */
final class StopSignal {

    private final Thread hook;

    private StopSignal(Thread hook) {
        this.hook = hook;
    }

    static StopSignal of(Draining draining) {
        Thread hook = new Thread(() -> draining.begin("the JVM ends"), "limpet-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return new StopSignal(hook);
    }

    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is ending, and has called it
        }
    }
}
