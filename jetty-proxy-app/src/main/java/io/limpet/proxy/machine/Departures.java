package io.limpet.proxy.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of clients that leave while bytes of theirs are unread. What tells of it comes behind those bytes, and Java
 * neither peeks nor asks the kernel; but Linux lists the state of each connection in {@code /proc/net/tcp} and {@code
 * tcp6}. On other systems nothing is heard.
 *
 * <p>The list is read only while somebody asks, on a thread of the pool, and for a tenth of a core's time at most: it is
 * as long as the machine has connections, 3 µs each.
 *
 * <p>Any thread may call it. What is told is told on a thread of the pool.
 */
public final class Departures {

    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final List<Path> LINUX = List.of(Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp"));

    private static final int REST = 10;

    private final Executor executor;
    private final List<Path> tables;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile long lastEnd = System.nanoTime();
    private volatile long rest;

    /** @param executor what reads the list; it may take some milliseconds */
    public Departures(Executor executor) {
        this(executor, LINUX.stream().filter(Files::isReadable).toList());
    }

    Departures(Executor executor, List<Path> tables) {
        this.executor = executor;
        this.tables = tables;
    }

    /**
     * Looks at this connection from now on.
     *
     * @param left called at most once, when the other end has said all that it will ever say, or was reset; a moment
     *     after the look was ended it may still come
     */
    public Look at(SocketPair socket, Runnable left) {
        Look look = new Look(socket, left);
        look.spellings.forEach(spelling -> looks.put(spelling, look));
        return look;
    }

    /** To be called now and then, as often as departures are to be heard of. Does not block. */
    public void passed() {
        if (!tables.isEmpty()
                && !looks.isEmpty()
                && System.nanoTime() - lastEnd >= rest
                && reading.compareAndSet(false, true)) {
            try {
                executor.execute(this::read);
            } catch (RejectedExecutionException e) {
                reading.set(false); // or nobody would read ever again
            }
        }
    }

    private void read() {
        // not by the clock: on a machine that is busy with something else nobody would be heard of
        long begin = THREADS.getCurrentThreadCpuTime();
        List<Look> asked = looks.values().stream().distinct().toList();
        Set<Integer> listening = new HashSet<>();
        try {
            for (Path table : tables) {
                read(table, listening);
            }
            asked.forEach(look -> look.tableIsRead(listening));
        } catch (IOException | RuntimeException e) {
            LOG.debug("it is not known who has left", e);
        } finally {
            lastEnd = System.nanoTime();
            rest = (THREADS.getCurrentThreadCpuTime() - begin) * REST;
            reading.set(false);
        }
    }

    private void read(Path table, Set<Integer> listening) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                TableLine.of(line).ifPresent(found -> hear(found, listening));
            }
        }
    }

    private void hear(TableLine line, Set<Integer> listening) {
        if (line.isListening()) {
            listening.add(line.localPort());
            return;
        }
        Look look = looks.get(line.ends());
        if (look != null) {
            look.isListed(line.hasEnded());
        }
    }

    /** One connection that is looked at. */
    public final class Look {

        /** One reading may miss a line while others come and go; two do not miss the same. */
        private static final int MISSES = 2;

        private final int localPort;
        private final List<String> spellings;
        private final Runnable left;

        // of the reading thread, of which there is one at a time
        private boolean told;
        private int misses;

        private Look(SocketPair socket, Runnable left) {
            this.localPort = socket.local().getPort();
            this.spellings = socket.spellings();
            this.left = left;
        }

        /** It is not looked at any more. */
        public void end() {
            spellings.forEach(spelling -> looks.remove(spelling, this));
        }

        private void isListed(boolean ended) {
            misses = -1; // of this reading
            if (ended) {
                tell();
            }
        }

        /**
         * A connection that is reset is taken off the list. A list without its listener is another network's, and tells
         * nothing.
         */
        private void tableIsRead(Set<Integer> listening) {
            if (listening.contains(localPort) && ++misses >= MISSES) {
                tell();
            }
        }

        private void tell() {
            end();
            if (!told) {
                told = true;
                left.run();
            }
        }
    }
}
