package io.limpet.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A few visitors of one server, each with a session of its own, who ask again as soon as they are answered. */
public final class Load implements AutoCloseable {

    private static final int VISITORS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(VISITORS);
    private final List<Visitor> visitors = new ArrayList<>();

    /** Connects to a server at 127.0.0.1; each visitor gets a session of this size. */
    public Load(int port, int sessionBytes) {
        try {
            for (int i = 0; i < VISITORS; i++) {
                Visitor visitor = new Visitor(port);
                visitors.add(visitor);
                visitor.ask(visitor.request("/fill?bytes=" + sessionBytes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port, e);
        }
    }

    /** Asks for this path, and answers how many answers came within this time; throws when one was no 200. */
    public long run(String path, long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        List<Future<Long>> counts = new ArrayList<>();
        for (Visitor visitor : visitors) {
            counts.add(threads.submit(() -> ask(visitor, path, end)));
        }
        long sum = 0;
        for (Future<Long> count : counts) {
            sum += count(count);
        }
        return sum;
    }

    private static long ask(Visitor visitor, String path, long end) throws IOException {
        byte[] request = visitor.request(path);
        long count = 0;
        while (System.nanoTime() < end) {
            visitor.ask(request);
            count++;
        }
        return count;
    }

    private static long count(Future<Long> count) {
        try {
            return count.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            for (Visitor visitor : visitors) {
                visitor.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
