package io.limpet.proxy.loop;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The server's threads. Behind each answer that was not written by the thread that read the request Jetty hands the
 * connection to a thread of the pool, to see whether the next request is there: on a loop's thread that is done at once,
 * which saves the two a meeting at each request.
 *
 * <p>Only that, which never blocks: whatever else somebody wants to be done elsewhere is done elsewhere.
 */
public final class LoopThreads extends QueuedThreadPool {

    /** @param most how many there are at most */
    public LoopThreads(int most) {
        super(most);
        setName("limpet");
        // a thread in reserve would take over the loop when something may block, and take it away from its core
        setReservedThreads(0);
    }

    @Override
    public void execute(Runnable job) {
        if (job instanceof Connection && Loop.isOne()) {
            job.run();
            return;
        }
        super.execute(job);
    }
}
