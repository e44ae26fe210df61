package io.limpet.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All applications with Limpet's filter on this node: a node is empty when the last of them is. Immutable. */
final class NodeApplications {

    /** In this order: a count that changes between the two has the number of the one before, and is told again. */
    private static final String[] ASKED = {"Sequence", "Sessions", "InFlight", "Failover"};

    private final NodeMXBean own;
    private final String context;
    private final OtherBeans others;

    /**
     * The applications beside this one.
     *
     * @param own what is told of this application
     * @param context its context path
     * @param others the beans of the others
     */
    NodeApplications(NodeMXBean own, String context, OtherBeans others) {
        this.own = own;
        this.context = context;
        this.others = others;
    }

    /** This one first. */
    List<Application> all() {
        List<Application> found = new ArrayList<>();
        long sequence = own.getSequence();
        found.add(new Application(context, own.getFailover(), own.getSessions(), sequence, own.getInFlight()));
        others.all().forEach(bean -> add(found, bean.context(), bean.ask(ASKED)));
        return found;
    }

    /** One with a filter of an earlier version tells less, and is left out. */
    private static void add(List<Application> found, String context, Map<String, Object> answers) {
        if (answers.get("Sequence") instanceof Long sequence
                && answers.get("Sessions") instanceof Long sessions
                && answers.get("InFlight") instanceof Long inFlight
                && answers.get("Failover") instanceof String failover) {
            found.add(new Application(context, failover, sessions, sequence, inFlight));
        }
    }

    /** Whether in none of them a request is under way or a session alone. */
    boolean areEmpty() {
        return all().stream().allMatch(Application::isEmpty);
    }

    String json() {
        return all().stream().map(Application::json).collect(Collectors.joining(",", "[", "]"));
    }
}
