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
    private static final Path SRC_IT = Path.of(System.getProperty("limpet.it.containers", ""))
            .toAbsolutePath()
            .resolveSibling(".");

    static final Launch TOMCAT =
            new Launch(SRC_IT.resolve("containers/tomcat-10.1"), "io.limpet.it.container.TomcatNode");

    static final Launch JETTY =
            new Launch(SRC_IT.resolve("rivals/jetty-hazelcast"), "io.limpet.rival.jetty.JettyHazelcastNode");

    /** One server with all of these applications. */
    List<Server> together(WorkFolder work, Map<String, Application> applications) {
        int port = FreePorts.next();
        Program program = start(work, port, applications, Map.of(), List.of());
        ready(List.of(program), READY);
        return servers(port, applications, List.of(program));
    }

    static List<Server> servers(int port, Map<String, Application> applications, List<Program> programs) {
        return applications.keySet().stream()
                .map(name -> new Server(name, port, context(name), programs))
                .toList();
    }

    private static String context(String name) {
        return "/" + name.replaceAll("[^A-Za-z]", "");
    }

    Program start(
            WorkFolder work,
            int port,
            Map<String, Application> applications,
            Map<String, String> environment,
            List<String> systemProperties) {
        Path target = module.resolve("target");
        List<String> arguments = new ArrayList<>(List.of("-Xms512m", "-Xmx512m", work.temporary()));
        arguments.addAll(systemProperties);
        arguments.addAll(List.of(
                "-cp",
                target.resolve("node.jar") + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                launcher,
                "--port",
                Integer.toString(port)));
        applications.forEach((name, application) -> {
            Path war = work.folder().resolve(context(name).substring(1) + "-" + port + ".war");
            arguments.addAll(List.of("--war", application.writeTo(war).toString(), "--context", context(name)));
        });
        String process = "node-" + port;
        return Program.start(process, work.log(process), environment, arguments);
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
