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
    private final String context;

    /** Connects to an application of a server at 127.0.0.1; each visitor gets a session of this size. */
    public Load(int port, String context, int sessionBytes) {
        this.context = context;
        try {
            for (int i = 0; i < VISITORS; i++) {
                Visitor visitor = new Visitor(port);
                visitors.add(visitor);
                visitor.ask(visitor.request(context + "/fill?bytes=" + sessionBytes));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port, e);
        }
    }

    /** Asks for this path this often, a multiple of the visitors; throws when one was no 200. */
    public void run(String path, int requests) {
        List<Future<?>> all = new ArrayList<>();
        for (Visitor visitor : visitors) {
            all.add(threads.submit(() -> ask(visitor, path, requests / VISITORS)));
        }
        all.forEach(Load::await);
    }

    private Object ask(Visitor visitor, String path, int times) throws IOException {
        byte[] request = visitor.request(context + path);
        for (int i = 0; i < times; i++) {
            visitor.ask(request);
        }
        return times;
    }

    private static void await(Future<?> all) {
        try {
            all.get();
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
