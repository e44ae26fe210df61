package io.limpet.benchmark.proxy;

import io.limpet.benchmark.proxy.Proxy.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * So many requests in a second, whether they are answered or not: how long each took is counted from when it was due, so
 * that a proxy that stalls is not asked less for it.
 *
 * @param perSecond over all connections
 */
record FixedRate(int perSecond) {

    private static final int CONNECTIONS = 64;
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

    /** How long the requests took, in µs. */
    Histogram run(Proxy proxy, int seconds) {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
            List<Future<Histogram>> parts = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int connection = i;
                parts.add(threads.submit(() -> ask(proxy.port(Protocol.CLEAR), connection, begin, seconds)));
            }
            Histogram all = new Histogram(LONGEST_MICROS, 3);
            for (Future<Histogram> part : parts) {
                all.add(part.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException(proxy.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Histogram ask(int port, int connection, long begin, int seconds) throws IOException {
        Histogram micros = new Histogram(LONGEST_MICROS, 3);
        long between = TimeUnit.SECONDS.toNanos(CONNECTIONS) / perSecond;
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(10_000);
            byte[] request = request(connection);
            byte[] buffer = new byte[8192];
            for (long due = begin + connection * between / CONNECTIONS; due < end; due += between) {
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                socket.getOutputStream().write(request);
                skipAnswer(socket.getInputStream(), buffer);
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
            }
        }
        return micros;
    }

    private static byte[] request(int connection) {
        return ("GET /1k HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\nCookie: theme=dark; JSESSIONID="
                        + "0123456789ABCDEF01234567000000" + (10 + connection) + ".n" + (connection % 2 + 1)
                        + "; _ga=GA1.2.1\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** One answer of the origin's, whose body ends with a kilobyte of x and whose head has no such row. */
    private static void skipAnswer(InputStream in, byte[] buffer) throws IOException {
        int row = 0;
        while (row < 1024) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException("the connection was closed");
            }
            for (int i = 0; i < read; i++) {
                row = buffer[i] == 'x' ? row + 1 : 0;
            }
        }
    }
}
