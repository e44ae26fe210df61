package io.limpet.proxy.metrics;

import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.Reason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at counters and nodes once a second and remembers the last minutes. Not safe for use by several threads. */
public final class Sampler {

    private static final int HISTORY = 120;

    private static final class Course {
        private final Window window = new Window();
        private final Deque<String> history = new ArrayDeque<>();

        void lived(String state) {
            history.addLast(state);
            if (history.size() > HISTORY) {
                history.removeFirst();
            }
        }
    }

    private final ProxyMetrics metrics;
    private final Map<String, Course> courses = new HashMap<>();

    /** A sampler of these counters. */
    public Sampler(ProxyMetrics metrics) {
        this.metrics = metrics;
    }

    /** Looks, and says what went through each node, by its name. Once a second. */
    public Map<String, Traffic> look(Nodes nodes) {
        Map<String, Traffic> seen = new HashMap<>();
        nodes.all().forEach(member -> seen.put(member.node().toString(), look(member)));
        courses.keySet().retainAll(seen.keySet());
        metrics.seen(seen.keySet(), System.nanoTime());
        return seen;
    }

    private Traffic look(Nodes.Member member) {
        String name = member.node().toString();
        NodeMeters meters = metrics.of(name);
        Course course = courses.computeIfAbsent(name, unseen -> new Course());
        course.window.look(meters.requests(), meters.serverErrors(), meters.times());
        course.lived(member.state().toString());
        return new Traffic(
                course.window.requestsPerSecond(),
                course.window.errorsPerSecond(),
                course.window.p99(),
                (long) meters.count(Reason.TAKEOVER),
                (long) meters.count(Reason.REBALANCE),
                (long) meters.retries(),
                List.copyOf(course.history));
    }
}
