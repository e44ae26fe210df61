package io.limpet.proxy.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for every request that is over, on a thread of its own: requests do not wait for a disk. When it cannot
 * keep up, or cannot write, lines are left out, and it says how many.
 *
 * <p>The file is only ever added to and is opened anew when it was moved away or replaced, so that logrotate needs no
 * signal.
 */
public final class AccessLog implements Journal, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final int WAITING = 10_000;
    private static final long STOP_MILLIS = 5_000;

    /** No line, but for a writer that waits for one. */
    private static final String WAKE_UP = "";

    /** From one attempt to open it to the next. */
    private static final long PAUSE_MILLIS = 1_000;

    /** How a line looks. */
    public interface Format {
        /** One line, without its end. */
        String line(Finished request);
    }

    private final Format format;
    private final LogTarget target;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong left = new AtomicLong();
    private final Thread writer = new Thread(this::write, "limpet-access-log");
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Whether it could not be written the last time; this and the next are the writer's own. */
    private boolean failing;

    /** Came when the file was another one already. */
    private Optional<String> held = Optional.empty();

    private AccessLog(Format format, LogTarget target) {
        this.format = format;
        this.target = target;
    }

    /**
     * A log at the end of a file, which is made when it is not there.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    public static AccessLog to(Path file, Format format) {
        LogFile target = new LogFile(file);
        try (OutputStream tried = target.open()) {
            tried.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return to(target, format);
    }

    /** A log on a stream that stays open. */
    public static AccessLog to(PrintStream stream, Format format) {
        return to(new LogStream(stream), format);
    }

    static AccessLog to(LogTarget target, Format format) {
        AccessLog log = new AccessLog(format, target);
        log.writer.setDaemon(true);
        log.writer.start();
        return log;
    }

    @Override
    public void begun() {
        // it is written when it is over
    }

    @Override
    public void finished(Finished request) {
        add(format.line(request));
    }

    void add(String line) {
        if (!lines.offer(line)) {
            left.incrementAndGet();
        }
    }

    private void write() {
        try {
            while (!isClosed() || !lines.isEmpty() || held.isPresent()) {
                if (!isWritten() && closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    List<String> never = new ArrayList<>(lines);
                    never.removeIf(WAKE_UP::equals);
                    left.addAndGet(never.size() + held.stream().count());
                    break; // nobody waits for what may never be written
                }
            }
        } catch (InterruptedException e) {
            LOG.info("the access log ends: its thread was interrupted");
        }
        tellLeft();
    }

    /** Opens it and writes until it is closed, or is another one; {@code false} when it cannot be written. */
    private boolean isWritten() throws InterruptedException {
        try (OutputStream out = target.open()) {
            writeTo(out);
            return true;
        } catch (IOException e) {
            if (!failing) {
                LOG.error("the access log cannot be written: {}; it is tried every second", e.toString());
            }
            failing = true;
            return false;
        }
    }

    private void writeTo(OutputStream out) throws IOException, InterruptedException {
        while (target.isStillThere()) {
            if (held.isEmpty()) {
                held = Optional.ofNullable(lines.poll(1, TimeUnit.SECONDS)).filter(line -> !line.equals(WAKE_UP));
            }
            if (held.isPresent()) {
                if (!target.isStillThere()) {
                    return;
                }
                writeAll(out);
                continue;
            }
            if (isClosed()) {
                return;
            }
            tellLeft();
        }
    }

    private void writeAll(OutputStream out) throws IOException {
        List<String> batch = new ArrayList<>();
        held.ifPresent(batch::add);
        held = Optional.empty();
        lines.drainTo(batch);
        batch.removeIf(WAKE_UP::equals);
        try {
            out.write((String.join("\n", batch) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            left.addAndGet(batch.size());
            throw e;
        }
        if (failing) {
            failing = false;
            LOG.info("the access log is written again");
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void tellLeft() {
        long count = left.getAndSet(0);
        if (count > 0) {
            LOG.warn("the access log could not be written, or could not keep up: {} lines are left out", count);
        }
    }

    /** Writes what waits. */
    @Override
    public void close() {
        closed.countDown();
        boolean unused = lines.offer(WAKE_UP); // who has no room for it waits for nothing
        try {
            writer.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
