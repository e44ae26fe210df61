package io.limpet.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/** What the container told this application's listeners since somebody asked last. One for the application. */
final class EventLog {

    private static final LinkedBlockingQueue<String> EVENTS = new LinkedBlockingQueue<>();

    private EventLog() {}

    static void add(String event) {
        EVENTS.add(event);
    }

    static List<String> drain() {
        List<String> events = new ArrayList<>();
        EVENTS.drainTo(events);
        return events;
    }
}
