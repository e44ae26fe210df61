package io.limpet.filter;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/**
 * The node's status among the beans of JMX, from the filter's start to its end: one that is left behind would hold the
 * application's class loader. Immutable.
 */
final class NodeBean {

    private static final Logger LOG = System.getLogger(NodeBean.class.getName());

    private final Optional<ObjectName> name;

    private NodeBean(Optional<ObjectName> name) {
        this.name = name;
    }

    /** Nothing depends on it: where it cannot be registered the node starts without. */
    static NodeBean register(NodeMXBean status, String contextPath) {
        try {
            // a path may hold what a name must not, hence quoted; a route is a token
            ObjectName name = new ObjectName(
                    "io.limpet:type=Node,name=" + status.getNode() + ",context=" + ObjectName.quote(contextPath));
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(status, NodeMXBean.class, true), name);
            return new NodeBean(Optional.of(name));
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.INFO, "the status of node ''{0}'' is not in JMX: {1}", status.getNode(), e);
            return new NodeBean(Optional.empty());
        }
    }

    /** Without effect when it was not registered. */
    void unregister() {
        name.ifPresent(NodeBean::unregister);
    }

    private static void unregister(ObjectName name) {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException | RuntimeException e) {
            LOG.log(Level.DEBUG, "it was gone already", e);
        }
    }
}
