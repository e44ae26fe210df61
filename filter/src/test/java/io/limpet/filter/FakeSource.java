package io.limpet.filter;

import jakarta.servlet.http.HttpSession;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** As many sessions as a test says, and those that it names. */
record FakeSource(AtomicLong number, Set<String> ids) implements LiveSessions.Source {

    FakeSource(AtomicLong number) {
        this(number, ConcurrentHashMap.newKeySet());
    }

    @Override
    public long live() {
        return number.get();
    }

    @Override
    public boolean lives(String id) {
        return ids.contains(id);
    }

    @Override
    public void found(HttpSession session) {}
}
