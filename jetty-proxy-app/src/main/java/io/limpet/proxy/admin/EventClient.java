package io.limpet.proxy.admin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** One browser that listens. What it does not read in time is dropped with its connection. Safe for any thread. */
final class EventClient {

    private static final int MAX_WAITING = 64;

    private final Response response;
    private final Callback callback;
    private final Runnable gone;
    private final Deque<String> waiting = new ArrayDeque<>();
    private boolean writing;
    private boolean over;

    /** @param gone is run once it listens no more */
    EventClient(Response response, Callback callback, Runnable gone) {
        this.response = response;
        this.callback = callback;
        this.gone = gone;
    }

    /** Sends a frame of the event stream as soon as the ones before are through. */
    void send(String frame) {
        synchronized (this) {
            if (over) {
                return;
            }
            if (writing) {
                if (waiting.size() < MAX_WAITING) {
                    waiting.addLast(frame);
                    return;
                }
                over = true;
            }
            writing = true;
        }
        if (isOver()) {
            end(new IllegalStateException("it does not read"));
            return;
        }
        write(frame);
    }

    private synchronized boolean isOver() {
        return over;
    }

    private void write(String frame) {
        Content.Sink.write(response, false, frame, Callback.from(this::written, this::failed));
    }

    private void written() {
        String next;
        synchronized (this) {
            next = waiting.isEmpty() ? "" : waiting.removeFirst();
            writing = !next.isEmpty();
        }
        if (!next.isEmpty()) {
            write(next);
        }
    }

    private void failed(Throwable cause) {
        synchronized (this) {
            over = true;
        }
        end(cause);
    }

    private void end(Throwable cause) {
        gone.run();
        callback.failed(cause);
    }

    /** The server stops. */
    void close() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        gone.run();
        response.write(true, BufferUtil.toBuffer("", StandardCharsets.UTF_8), callback);
    }
}
