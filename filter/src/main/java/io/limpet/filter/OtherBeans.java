package io.limpet.filter;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The beans of the other applications with Limpet's filter on this node: they have class loaders of their own, and know
 * each other by these. Immutable.
 */
final class OtherBeans {

    private static final Logger LOG = System.getLogger(OtherBeans.class.getName());

    /**
     * One of them.
     *
     * @param context its application's context path
     */
    record Bean(ObjectName name, String context) {

        /** What it tells, in this order; one of an earlier version tells less. */
        Map<String, Object> ask(String... attributes) {
            Map<String, Object> answers = new HashMap<>();
            try {
                for (Attribute attribute :
                        server().getAttributes(name, attributes).asList()) {
                    answers.put(attribute.getName(), attribute.getValue());
                }
            } catch (JMException | RuntimeException e) {
                LOG.log(Level.DEBUG, "application ''{0}'' cannot be asked: {1}", context, e);
            }
            return answers;
        }

        /** Has it do this. */
        void run(String operation) {
            try {
                server().invoke(name, operation, new Object[0], new String[0]);
            } catch (JMException | RuntimeException e) {
                LOG.log(Level.WARNING, "application ''{0}'' does not ''{1}'': {2}", context, operation, e);
            }
        }
    }

    private final String node;
    private final String context;

    /**
     * The beans beside one application's own.
     *
     * @param node the node's name
     * @param context the application's context path
     */
    OtherBeans(String node, String context) {
        this.node = node;
        this.context = context;
    }

    /** None when JMX fails. */
    List<Bean> all() {
        List<Bean> found = new ArrayList<>();
        try {
            for (ObjectName name :
                    server().queryNames(new ObjectName("io.limpet:type=Node,name=" + node + ",*"), null)) {
                String its = ObjectName.unquote(name.getKeyProperty("context"));
                if (!its.equals(context)) {
                    found.add(new Bean(name, its));
                }
            }
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.DEBUG, "the other applications of node ''{0}'' are not found: {1}", node, e);
        }
        return found;
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }
}
