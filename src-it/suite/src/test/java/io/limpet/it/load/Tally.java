package io.limpet.it.load;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many answers of each status came, for any number of threads. */
public final class Tally {

    private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();

    void answered(int status) {
        answers.merge(status, 1, Integer::sum);
    }

    void unanswered() {
        unanswered.incrementAndGet();
    }

    /** How many requests were not served. */
    public int refused() {
        int refused = unanswered.get();
        for (Map.Entry<Integer, Integer> entry : answers.entrySet()) {
            refused += entry.getKey() == 200 ? 0 : entry.getValue();
        }
        return refused;
    }

    @Override
    public String toString() {
        return "answers by status " + answers + ", no answer " + unanswered;
    }
}
