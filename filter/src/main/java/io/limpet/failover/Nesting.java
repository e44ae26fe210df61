package io.limpet.failover;

import java.io.ObjectOutputStream;

/**
 * Suspects a value of being nested deeper, while it is written, than will be read back. The stream does not tell how deep
 * it is: so its frames on the stack are counted, but only every so many objects, as each is one level deeper at most.
 *
 * <p>It may suspect too early, never too late. For one thread.
 */
final class Nesting {

    /** A level of a plain array takes so many frames of the stream, all others take more. */
    private static final int FRAMES_A_LEVEL = 2;

    /** From here on it would have to be looked at all the time. */
    private static final int SUSPICIOUS = AllowedClasses.MAX_DEPTH / 2;

    /** How many objects may follow unseen: what each holds, at the deepest, may be one level below it. */
    private int unseen = AllowedClasses.MAX_DEPTH - 1;

    private boolean suspected;

    /** Called by the stream for each object that it begins to write. */
    void enter() {
        if (!suspected && --unseen == 0) {
            int levels = levels();
            suspected = levels >= SUSPICIOUS;
            unseen = AllowedClasses.MAX_DEPTH - 1 - levels;
        }
    }

    boolean isSuspected() {
        return suspected;
    }

    /** At least as many as there are, from the innermost stream of this thread outwards. */
    private static int levels() {
        long frames = StackWalker.getInstance()
                .walk(stack -> stack.takeWhile(frame -> !frame.getClassName().equals(JavaSessionCodec.class.getName()))
                        .filter(frame -> frame.getClassName().equals(ObjectOutputStream.class.getName()))
                        .count());
        return (int) (frames / FRAMES_A_LEVEL);
    }
}
