package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Browser;
import io.limpet.it.client.RawClient;
import io.limpet.it.cluster.Artifact;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.NodeProgram;
import io.limpet.it.cluster.NodeStatus;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.WorkFolder;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code limpet.auto=true}, in applications whose deployment descriptor is {@code metadata-complete}. */
class AutoRegistrationIT {

    private static final String AUTO =
            "<context-param><param-name>limpet.auto</param-name><param-value>true</param-value></context-param>";
    private static final String FAILOVER =
            "<context-param><param-name>limpet.failover</param-name><param-value>true</param-value></context-param>";

    @ParameterizedTest
    @EnumSource
    void theFilterIsThereOnceWhetherTheApplicationRegistersItOrNot(Container container) throws IOException {
        WorkFolder work = WorkFolder.create(container + "-auto");
        Map<String, Path> applications = Map.of(
                "/auto",
                        shop(
                                work,
                                "auto",
                                webXml -> withoutFilter(webXml).replace("<distributable/>", AUTO + FAILOVER)),
                "/both", shop(work, "both", webXml -> webXml.replace("<distributable/>", AUTO)),
                "/first", edited(Artifact.PROBE, work, "first", AutoRegistrationIT::withAFilterOfItsOwn));
        Node node = new Node("n1", FreePorts.next(), FreePorts.next());
        Map<String, String> environment = Map.of(
                "LIMPET_NODE",
                "n1",
                "LIMPET_BIND",
                "127.0.0.1:" + node.memberPort(),
                "LIMPET_CLUSTER",
                work.toString());

        try (Program program = NodeProgram.start(container, node, work, applications, environment)) {
            NodeProgram.awaitReady(program);

            assertThat(status(node, "/auto").failover()).isIn("healthy", "degraded");
            assertThat(status(node, "/both").failover()).isEqualTo("off");
            assertThat(new Browser(node.uri()).get("/auto/api/cart").cart().visits())
                    .isEqualTo(1);
            assertThat(RawClient.get(node.uri(), "/first/do?say:hello").text()).contains("Behind-Limpet: true");
            assertThat(program.said("this is node 'n1'")).hasSize(3);
            assertThat(program.said("then add <distributable/> to /WEB-INF/web.xml"))
                    .hasSize(1);
        }
    }

    private static NodeStatus status(Node node, String context) {
        return new Browser(node.uri()).get(context + "/limpet/status").json(NodeStatus.class);
    }

    private static String withoutFilter(String webXml) {
        String without = webXml.replaceAll("(?s)<(filter|filter-mapping)>.*?</\\1>", "");
        assertThat(without).doesNotContain("LimpetFilter").contains("metadata-complete=\"true\"");
        return without;
    }

    /** Mapped to all requests, as Limpet's is. */
    private static String withAFilterOfItsOwn(String webXml) {
        return webXml.replace("<!--context-params-->", AUTO)
                .replaceAll(
                        "(?s)<!--limpet-->.*<!--/limpet-->",
                        "<filter><filter-name>own</filter-name>"
                                + "<filter-class>io.limpet.probe.LateFilter</filter-class>"
                                + "<async-supported>true</async-supported></filter>"
                                + "<filter-mapping><filter-name>own</filter-name><url-pattern>/*</url-pattern>"
                                + "</filter-mapping>");
    }

    private static Path shop(WorkFolder work, String name, UnaryOperator<String> edit) throws IOException {
        return edited(Artifact.WAR, work, name, edit);
    }

    private static Path edited(Artifact war, WorkFolder work, String name, UnaryOperator<String> edit)
            throws IOException {
        Path copy = Files.copy(war.path(), work.folder().resolve("tmp/" + name + ".war"));
        try (FileSystem files = FileSystems.newFileSystem(copy)) {
            Path webXml = files.getPath("WEB-INF/web.xml");
            Files.writeString(webXml, edit.apply(Files.readString(webXml)));
        }
        return copy;
    }
}
