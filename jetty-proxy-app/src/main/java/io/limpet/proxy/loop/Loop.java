package io.limpet.proxy.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.util.Optional;
import org.eclipse.jetty.io.ManagedSelector;
import org.jspecify.annotations.Nullable;

/**
 * One selector with the thread that waits for it. A connection to a node that is opened here is heard of on the same
 * thread as the client for whom it works, so that no thread has to wake another up in between.
 */
public final class Loop extends ManagedSelector {

    /** What is longer is worth more than one piece. */
    static final int ROOM = 8 * 1024;

    private static final ThreadLocal<@Nullable Loop> CURRENT = new ThreadLocal<>();

    /** The thread's, not the loop's: if that went on to another thread, two would write to one. */
    private static final ThreadLocal<ByteBuffer> OWN_ROOM =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(ROOM));

    private final LoopConnector.Loops loops;
    private final Optional<Loop> itself = Optional.of(this);

    Loop(LoopConnector.Loops loops, int id) {
        super(loops, id);
        this.loops = loops;
    }

    /** The one whose thread asks; empty for any other thread. */
    public static Optional<Loop> current() {
        Loop loop = CURRENT.get();
        return loop == null ? Optional.empty() : loop.itself;
    }

    /** Room for what is written at once, for this thread alone and until it returns; null when it is no loop's. */
    static @Nullable ByteBuffer room() {
        return isOne() ? OWN_ROOM.get().clear() : null;
    }

    static boolean isOne() {
        return CURRENT.get() != null;
    }

    /**
     * Goes on with a connection that this thread or another has begun to open.
     *
     * @param channel not blocking, and not connected yet
     * @param outbound hears how that ends, on a thread of the pool
     */
    public void connect(SelectableChannel channel, Outbound outbound) {
        loops.connect(this, channel, outbound);
    }

    @Override
    protected int select(Selector selector) throws IOException {
        // who waits here is the loop's thread: Jetty may hand that to another when something blocks
        CURRENT.set(this);
        return super.select(selector);
    }
}
