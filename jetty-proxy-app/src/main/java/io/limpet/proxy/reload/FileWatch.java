package io.limpet.proxy.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a file at an interval, and tells when it has changed and has stayed so for a second look: a file that is half
 * written is often valid, with half of the nodes.
 *
 * <p>It reads the file each time. Watching directories, as the JDK offers, does not see what Kubernetes does with its
 * mounts, nor what happens on many network file systems. Those may also let a reader wait for ever: the looks are on a
 * thread of their own. {@link #look} is for one thread at a time.
 */
public final class FileWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final byte[] UNREADABLE = {};

    private final Path file;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(FileWatch::thread);
    private byte[] told;
    private byte[] seen;

    /** A watch that knows the file as it is now; to be made before its settings are read, or a change is lost. */
    public FileWatch(Path file) {
        this.file = file;
        this.told = read();
        this.seen = told;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "limpet-settings");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Looks until it is stopped.
     *
     * @param changed is run when the file has changed
     */
    public void start(Duration interval, Runnable changed) {
        long nanos = interval.toNanos();
        var unused = looks.scheduleWithFixedDelay(() -> lookSafely(changed), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Looks no more; does not wait for a look that hangs. */
    public void stop() {
        looks.shutdownNow();
    }

    void look(Runnable changed) {
        byte[] now = read();
        boolean rests = Arrays.equals(now, seen);
        seen = now;
        // a file that is away is about to be put in its place
        if (rests && now != UNREADABLE && !Arrays.equals(now, told)) {
            told = now;
            changed.run();
        }
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return UNREADABLE;
        }
    }

    private void lookSafely(Runnable changed) {
        try {
            look(changed);
        } catch (RuntimeException e) {
            LOG.error("the settings in {} could not be taken over: {}", file, e.toString(), e);
        }
    }
}
