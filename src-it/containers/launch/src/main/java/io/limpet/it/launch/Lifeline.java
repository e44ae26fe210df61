package io.limpet.it.launch;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Ends this process in order when whoever started it is gone, {@code kill -9} included: the starter holds the other end
 * of our standard input, which the system closes with it.
 *
 * <p>Also a Java agent, so that {@code java -javaagent:lifeline.jar -jar limpet-proxy.jar} ties a jar that knows nothing
 * of it.
 */
public final class Lifeline {

    private static final long PATIENCE_SECONDS = 20;

    private Lifeline() {}

    /** The agent's entry. */
    public static void premain(String nothing) {
        tie();
    }

    static void tie() {
        Thread reader = new Thread(Lifeline::awaitEndOfInput, "lifeline");
        reader.setDaemon(true);
        reader.start();
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // what is written to us means nothing
            }
        } catch (IOException e) {
            // a broken pipe is an end too
        }
        Thread halt = new Thread(Lifeline::haltWhenStopHangs, "halt");
        halt.setDaemon(true);
        halt.start();
        System.exit(0);
    }

    private static void haltWhenStopHangs() {
        try {
            TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
