package io.limpet.benchmark;

import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.WorkFolder;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How one kind of server is started: with the JVM's own settings but for one heap size, since what is compared is what
 * runs in it.
 *
 * @param module the folder of the launcher's module
 * @param launcher its main class
 */
record Launch(Path module, String launcher) {

    private static final Pattern READY = Pattern.compile("^ready on (\\d+) pid \\d+$");
    private static final Path SRC_IT =
            Path.of(System.getProperty("limpet.it.containers", "")).toAbsolutePath().resolveSibling(".");

    static final Launch TOMCAT = new Launch(SRC_IT.resolve("containers/tomcat-10.1"), "io.limpet.it.container.TomcatNode");

    static final Launch JETTY =
            new Launch(SRC_IT.resolve("rivals/jetty-hazelcast"), "io.limpet.rival.jetty.JettyHazelcastNode");

    /** One server alone. */
    Server alone(String name, WorkFolder work, Application application) {
        int port = FreePorts.next();
        Program program = start(name, work, port, application, Map.of(), List.of());
        ready(List.of(program), READY);
        return new Server(name, port, List.of(program));
    }

    Program start(
            String name,
            WorkFolder work,
            int port,
            Application application,
            Map<String, String> environment,
            List<String> systemProperties) {
        Path target = module.resolve("target");
        Path war = application.writeTo(work.folder().resolve(name.replace(' ', '-') + "-" + port + ".war"));
        List<String> arguments = new ArrayList<>(List.of("-Xms512m", "-Xmx512m", work.temporary()));
        arguments.addAll(systemProperties);
        arguments.addAll(List.of(
                "-cp",
                target.resolve("node.jar") + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                launcher,
                "--port",
                Integer.toString(port),
                "--war",
                war.toString()));
        return Program.start(name, work.log(name.replace(' ', '-')), environment, arguments);
    }

    /** Returns when all have said this; ends all of them when one does not. */
    static void ready(List<Program> programs, Pattern said) {
        try {
            programs.forEach(program -> program.awaitLine(said));
        } catch (Throwable failed) {
            programs.forEach(Program::close);
            throw failed;
        }
    }

    /** Returns when all serve. */
    static void ready(List<Program> programs) {
        ready(programs, READY);
    }
}
