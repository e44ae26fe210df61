package io.limpet.proxy.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a file at an interval, and tells when it has changed and has stayed so for a second look: a file that is half
 * written is often valid, with half of the nodes.
 *
 * <p>It reads the file each time. Watching directories, as the JDK offers, does not see what Kubernetes does with its
 * mounts, nor what happens on many network file systems. One thread at a time.
 */
public final class FileWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final byte[] UNREADABLE = {};

    private final Path file;
    private final Runnable changed;
    private byte[] told;
    private byte[] seen;

    /** A watch that knows the file as it is now. */
    public FileWatch(Path file, Runnable changed) {
        this.file = file;
        this.changed = changed;
        this.told = read();
        this.seen = told;
    }

    /** Looks until the scheduler is shut down. */
    public void start(ScheduledExecutorService scheduler, Duration interval) {
        long nanos = interval.toNanos();
        var unused = scheduler.scheduleWithFixedDelay(this::lookSafely, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    void look() {
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

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("the settings in {} could not be taken over: {}", file, e.toString(), e);
        }
    }
}
