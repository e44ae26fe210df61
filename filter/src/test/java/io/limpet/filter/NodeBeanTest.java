package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.NoFailover;
import io.limpet.route.Route;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeBeanTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final AtomicLong sessions = new AtomicLong(7);
    private final NodeStatus status = new NodeStatus(
            new Route("jmx-node"),
            List::of,
            new NoFailover(),
            new LiveSessions("/shop,a=*", new FakeSource(sessions), System::nanoTime));

    private Set<ObjectName> names() throws Exception {
        return server.queryNames(new ObjectName("io.limpet:type=Node,name=jmx-node,*"), null);
    }

    private final NodeBean bean = NodeBean.register(status, "/shop,a=*");

    @AfterEach
    void unregister() {
        bean.unregister();
    }

    @Test
    void theStatusIsReadByTheNamesOfNodeAndContext() throws Exception {
        ObjectName name = new ObjectName("io.limpet:type=Node,name=jmx-node,context=\"/shop,a=\\*\"");
        assertThat(server.getAttribute(name, "Sessions")).isEqualTo(7L);
        sessions.set(8);
        status.requestStarted();
        assertThat(server.getAttribute(name, "Sessions")).isEqualTo(8L);
        assertThat(server.getAttribute(name, "InFlight")).isEqualTo(1L);
        assertThat(server.getAttribute(name, "State")).isEqualTo("ready");
        assertThat(server.getAttribute(name, "Failover")).isEqualTo("off");
    }

    @Test
    void nothingIsLeftOfANodeThatHasStopped() throws Exception {
        assertThat(names()).hasSize(1);
        bean.unregister();
        assertThat(names()).isEmpty();
    }

    @Test
    void oneThatFindsItsNameTakenLeavesTheOtherAlone() throws Exception {
        NodeBean.register(status, "/shop,a=*").unregister();
        assertThat(names()).hasSize(1);
    }
}
