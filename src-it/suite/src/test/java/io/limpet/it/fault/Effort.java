package io.limpet.it.fault;

/** How often a test tries: a few times with {@code mvn verify}, as often as was promised with {@code -Pchaos}. */
public final class Effort {

    private static final boolean FULL = Boolean.getBoolean("limpet.it.chaos");

    private Effort() {}

    /** One of the two. */
    public static int times(int lean, int full) {
        return FULL ? full : lean;
    }

    /** Whether this is the long run. */
    public static boolean isFull() {
        return FULL;
    }
}
