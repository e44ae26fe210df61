package io.limpet.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What the container told this application's listeners since somebody asked last. One for the application. */
final class EventLog {

    private static final LinkedBlockingQueue<String> EVENTS = new LinkedBlockingQueue<>();

    private static final AtomicInteger UNDER_WAY = new AtomicInteger();

    private EventLog() {}

    /** Something goes on that may be heard of, though the client has its answer already. */
    static void begin() {
        UNDER_WAY.incrementAndGet();
    }

    static void end() {
        UNDER_WAY.decrementAndGet();
    }

    static boolean isComplete() {
        return UNDER_WAY.get() == 0;
    }

    static void add(String event) {
        EVENTS.add(event);
    }

    static List<String> drain() {
        List<String> events = new ArrayList<>();
        EVENTS.drainTo(events);
        return events;
    }
}
