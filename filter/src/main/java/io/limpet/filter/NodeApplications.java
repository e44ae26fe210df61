package io.limpet.filter;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * All applications with Limpet's filter on this node: a node is empty when the last of them is. They have class loaders of
 * their own and know each other by their beans in JMX. Immutable.
 */
final class NodeApplications {

    private static final Logger LOG = System.getLogger(NodeApplications.class.getName());

    /** In this order: a count that changes between the two has the number of the one before, and is told again. */
    private static final String[] ASKED = {"Sequence", "Sessions", "InFlight", "Failover"};

    private final NodeMXBean own;
    private final String context;

    /**
     * The applications beside this one.
     *
     * @param own what is told of this application
     * @param context its context path
     */
    NodeApplications(NodeMXBean own, String context) {
        this.own = own;
        this.context = context;
    }

    /** This one first. */
    List<Application> all() {
        List<Application> found = new ArrayList<>();
        long sequence = own.getSequence();
        found.add(new Application(context, own.getFailover(), own.getSessions(), sequence, own.getInFlight()));
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName others = new ObjectName("io.limpet:type=Node,name=" + own.getNode() + ",*");
            for (ObjectName name : server.queryNames(others, null)) {
                String its = ObjectName.unquote(name.getKeyProperty("context"));
                if (!its.equals(context)) {
                    add(found, its, ask(server, name));
                }
            }
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the other applications of node ''{0}'' cannot be asked: {1}", own.getNode(), e);
        }
        return found;
    }

    private static Map<String, Object> ask(MBeanServer server, ObjectName name) throws JMException {
        Map<String, Object> answers = new HashMap<>();
        for (Attribute attribute : server.getAttributes(name, ASKED).asList()) {
            answers.put(attribute.getName(), attribute.getValue());
        }
        return answers;
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
