package io.limpet.proxy.node;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The live sessions of one node's applications, as its answers and its status tell them. Answers overtake each other and
 * the status; of two counts the one with the higher number holds. Any number of threads may use it.
 */
final class LiveCounts {

    private record Count(long sessions, long sequence) {}

    private final Map<String, Count> byContext = new ConcurrentHashMap<>();

    /** The status has told of all applications. */
    void reported(List<ApplicationReport> applications) {
        List<ApplicationReport> counted =
                applications.stream().filter(it -> it.sessions() >= 0).toList();
        byContext
                .keySet()
                .retainAll(counted.stream().map(ApplicationReport::context).collect(Collectors.toSet()));
        counted.forEach(it -> {
            byContext.putIfAbsent(it.context(), new Count(it.sessions(), it.sequence()));
            hear(it.context(), it.sessions(), it.sequence());
        });
    }

    /** An answer has told of one; {@code false} when the status has not, as that tells which there are. */
    boolean hear(String context, long sessions, long sequence) {
        Count known = byContext.get(context);
        if (known == null) {
            return false;
        }
        // every answer comes by here, and most tell what is known
        if (known.sequence() < sequence) {
            byContext.computeIfPresent(
                    context, (same, last) -> last.sequence() < sequence ? new Count(sessions, sequence) : last);
        }
        return true;
    }

    /** Of all applications together; empty when the node does not tell. */
    OptionalLong all() {
        return byContext.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        byContext.values().stream().mapToLong(Count::sessions).sum());
    }

    /** Of one application; empty when the node does not tell. */
    OptionalLong of(String context) {
        Count count = byContext.get(context);
        return count == null ? OptionalLong.empty() : OptionalLong.of(count.sessions());
    }
}
