package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.cluster.Artifact;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.WorkFolder;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shop leaves behind in a Tomcat that undeploys it: asked of the heap, and of Tomcat's own leak detector. */
class RedeployIT {

    /** For one start, and its end with the handing over of the sessions, on a busy machine. */
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static final String TIMES = System.getProperty("limpet.it.redeploys");

    private static final Pattern SAID =
            Pattern.compile("^redeployed \\d+ times, left: (\\d+) class loaders, (\\d+) contexts, threads \\[(.*)]$");

    // with these, which its own scripts have, Tomcat can look into threads, thread-locals and caches of the JDK
    private static final List<String> OPENED = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED");

    /** Tomcat takes its own thread for the application's when it looks after that application just then. */
    private static final String TOMCATS_OWN = "[Catalina-utility-";

    /** What is left behind, and what Tomcat wrote of leaks. */
    private record Left(int classLoaders, int contexts, String threads, List<String> reported) {}

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void nothingIsLeftOfAnApplicationThatWasUndeployed(String failover) {
        Left left = redeploy(Map.of("LIMPET_NODE", "n1", "LIMPET_FAILOVER", failover), TIMES);

        assertThat(left).isEqualTo(new Left(0, 0, "", List.of()));
    }

    @Test
    void aThreadThatIsLeftBehindIsSeen() {
        Left left = redeploy(Map.of("LIMPET_NODE", "n1"), "1", "thread");

        assertThat(left.classLoaders()).isEqualTo(1);
        assertThat(left.contexts()).isEqualTo(1);
        assertThat(left.threads()).isEqualTo("left-behind");
        assertThat(left.reported()).anyMatch(line -> line.contains("[left-behind]"));
    }

    @Test
    void whatARequestLeavesInItsThreadIsSeen() {
        Left left = redeploy(Map.of("LIMPET_NODE", "n1"), "1", "thread-local");

        assertThat(left.reported())
                .anyMatch(line -> line.contains("ThreadLocal") && line.contains("io.limpet.shop.Cart"));
    }

    private static Left redeploy(Map<String, String> environment, String... timesAndMore) {
        WorkFolder work = WorkFolder.create("redeploy");
        Path tomcat = Artifact.CONTAINERS.path().resolve("tomcat-10.1/target");
        // what only a soft reference keeps is the JDK's to drop when it needs the memory: here it needs it at once
        List<String> arguments = new ArrayList<>(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:SoftRefLRUPolicyMSPerMB=0", Program.lifeline()));
        arguments.addAll(OPENED);
        arguments.addAll(List.of(
                work.temporary(),
                "-cp",
                tomcat.resolve("node.jar") + File.pathSeparator + tomcat.resolve("lib") + File.separator + "*",
                "io.limpet.it.container.RedeployTomcat",
                Artifact.WAR.path().toString(),
                "/api/cart"));
        arguments.addAll(List.of(timesAndMore));
        try (Program program = Program.start("tomcat", work.log("tomcat"), environment, arguments)) {
            MatchResult said = program.awaitLine(SAID, LIMIT.multipliedBy(Long.parseLong(timesAndMore[0])));
            return new Left(
                    Integer.parseInt(said.group(1)),
                    Integer.parseInt(said.group(2)),
                    said.group(3),
                    program.said("memory leak").stream()
                            .filter(line -> !line.contains(TOMCATS_OWN))
                            .toList());
        }
    }
}
