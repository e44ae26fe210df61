package io.limpet.demo;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Ends this process when the one that started it is gone, however that one went.
 *
 * <p>The starter holds the other end of our standard input and never writes to it. The system closes the pipe when the
 * starter dies, after {@code kill -9} too, and then the read below returns.
 */
final class Leash {

    // longer than a node needs to leave the cluster in order
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Leash() {}

    /** Starts the main class named first, with the other arguments, on a leash. */
    public static void main(String[] args) throws ReflectiveOperationException {
        tie();
        String[] rest = Arrays.copyOfRange(args, 1, args.length);
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    /** From now on the end of standard input ends this process, in order if that is soon done. */
    static void tie() {
        daemon("leash", () -> {
            waitForEnd();
            daemon("leash-cut", Leash::halt);
            System.exit(0);
        });
    }

    private static void waitForEnd() {
        try {
            while (System.in.read() >= 0) {
                // what is written to us means nothing
            }
        } catch (IOException e) {
            // a broken pipe is an end too
        }
    }

    private static void halt() {
        try {
            Thread.sleep(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
