package io.limpet.talk;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What is said in a session, for whoever listens there: in this JVM only. Safe for any number of threads. */
final class Gossip {

    private static final Map<String, BlockingQueue<String>> BY_SESSION = new ConcurrentHashMap<>();

    private Gossip() {}

    static void tell(String session, String text) {
        of(session).add(text);
    }

    /** The next, or nothing when none comes within half a minute. */
    static String next(String session) throws InterruptedException {
        String text = of(session).poll(30, TimeUnit.SECONDS);
        return text == null ? "nothing" : text;
    }

    private static BlockingQueue<String> of(String session) {
        return BY_SESSION.computeIfAbsent(session, id -> new LinkedBlockingQueue<>());
    }
}
