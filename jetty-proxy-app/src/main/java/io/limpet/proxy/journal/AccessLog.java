package io.limpet.proxy.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for every request that is over, on a thread of its own: requests do not wait for a disk. When it cannot
 * keep up lines are left out, and it says how many.
 *
 * <p>The file is only ever added to and is opened anew when it was moved away, so that logrotate needs no signal.
 */
public final class AccessLog implements Journal, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final int WAITING = 10_000;
    private static final long STOP_MILLIS = 5_000;

    /** How a line looks. */
    public interface Format {
        /** One line, without its end. */
        String line(Finished request);
    }

    /** Where lines go. */
    private interface Target {
        OutputStream open() throws IOException;

        /** Whether what was opened is still what is named. */
        boolean isStillThere(OutputStream open);
    }

    private final Format format;
    private final Target target;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong left = new AtomicLong();
    private final Thread writer = new Thread(this::write, "limpet-access-log");
    private volatile boolean closed;

    private AccessLog(Format format, Target target) {
        this.format = format;
        this.target = target;
    }

    /**
     * A log at the end of a file, which is made when it is not there.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    public static AccessLog to(Path file, Format format) {
        AccessLog log = new AccessLog(format, new Target() {
            @Override
            public OutputStream open() throws IOException {
                return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }

            @Override
            public boolean isStillThere(OutputStream open) {
                return Files.exists(file);
            }
        });
        return log.started();
    }

    /** A log on a stream that stays open. */
    public static AccessLog to(PrintStream stream, Format format) {
        AccessLog log = new AccessLog(format, new Target() {
            @Override
            public OutputStream open() {
                return new OutputStream() {
                    @Override
                    public void write(int b) {
                        stream.write(b);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        stream.write(bytes, offset, length);
                        stream.flush();
                    }
                };
            }

            @Override
            public boolean isStillThere(OutputStream open) {
                return true;
            }
        });
        return log.started();
    }

    private AccessLog started() {
        try (OutputStream tried = target.open()) {
            tried.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        writer.setDaemon(true);
        writer.start();
        return this;
    }

    @Override
    public void begun() {
        // it is written when it is over
    }

    @Override
    public void finished(Finished request) {
        if (!lines.offer(format.line(request))) {
            left.incrementAndGet();
        }
    }

    private void write() {
        while (!closed || !lines.isEmpty()) {
            try (OutputStream out = target.open()) {
                writeTo(out);
            } catch (IOException e) {
                LOG.error("the access log cannot be written: {}; lines are left out until it can", e.toString());
                lines.clear();
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    /** Until it is closed, or the file is another one. */
    private void writeTo(OutputStream out) throws IOException, InterruptedException {
        StringBuilder batch = new StringBuilder();
        while (target.isStillThere(out)) {
            String line = lines.poll(1, TimeUnit.SECONDS);
            if (line == null) {
                if (closed) {
                    return;
                }
                tellLeft();
                continue;
            }
            for (String next = line; next != null; next = lines.poll()) {
                batch.append(next).append('\n');
            }
            out.write(batch.toString().getBytes(StandardCharsets.UTF_8));
            batch.setLength(0);
        }
    }

    private void tellLeft() {
        long count = left.getAndSet(0);
        if (count > 0) {
            LOG.warn("the access log could not keep up: {} lines are left out", count);
        }
    }

    /** Writes what waits. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
