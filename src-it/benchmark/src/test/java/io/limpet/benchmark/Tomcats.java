package io.limpet.benchmark;

import io.limpet.it.cluster.Artifact;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.WorkFolder;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tomcats with the JVM's own settings, but for one heap size: what is compared is what runs in them. */
final class Tomcats {

    private static final Pattern READY = Pattern.compile("^ready on (\\d+) pid \\d+$");

    private Tomcats() {}

    /** A server and the port that it listens on. */
    record Started(Program program, int port) {}

    /** Returns when it serves. */
    static Started start(String name, WorkFolder work, Application application, Map<String, String> environment) {
        Path target = Artifact.CONTAINERS.path().resolve("tomcat-10.1/target");
        int port = FreePorts.next();
        Program program = Program.start(
                name,
                work.log(name),
                environment,
                List.of(
                        "-Xms512m",
                        "-Xmx512m",
                        work.temporary(),
                        "-cp",
                        target.resolve("node.jar") + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                        "io.limpet.it.container.TomcatNode",
                        "--port",
                        Integer.toString(port),
                        "--war",
                        application
                                .writeTo(work.folder().resolve(name + ".war"))
                                .toString()));
        try {
            program.awaitLine(READY);
        } catch (Throwable failed) {
            program.close();
            throw failed;
        }
        return new Started(program, port);
    }
}
