package io.limpet.it.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The containers that the shop runs on. */
public enum Container implements Server {
    /** Tomcat 10.1. */
    TOMCAT_10("tomcat-10.1", "TomcatNode", "[0-9A-F]{32}"),
    /** Tomcat 11. */
    TOMCAT_11("tomcat-11", "TomcatNode", "[0-9A-F]{32}"),
    /** Jetty 12.1 with ee10; it puts a name of its own behind its ids. */
    JETTY("jetty-12.1-ee10", "JettyNode", "node0[0-9a-z]+\\.node0"),
    /** Undertow 2.3; it shows its cookie to no filter, so the proxy tags it. */
    UNDERTOW("undertow-2.3", "UndertowNode", "[A-Za-z0-9_-]{40}");

    private final String folder;
    private final String launcher;
    private final Pattern sessionValue;

    Container(String folder, String launcher, String sessionValue) {
        this.folder = folder;
        this.launcher = launcher;
        this.sessionValue = Pattern.compile(sessionValue);
    }

    @Override
    public Pattern sessionValue() {
        return sessionValue;
    }

    @Override
    public Program start(Node node, WorkFolder work, Path war, Map<String, String> environment) {
        return NodeProgram.start(this, node, work, Map.of("", war), environment);
    }

    @Override
    public void awaitReady(Node node, Program program) {
        NodeProgram.awaitReady(program);
    }

    /** The end of a {@code java} command that serves these WARs at their context paths. */
    List<String> launch(int port, Map<String, Path> applications) {
        Path target = Artifact.CONTAINERS.path().resolve(folder).resolve("target");
        List<String> arguments = new ArrayList<>(List.of(
                "-cp",
                target.resolve("node.jar") + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                "io.limpet.it.container." + launcher,
                "--port",
                Integer.toString(port)));
        applications.forEach(
                (context, war) -> arguments.addAll(List.of("--war", war.toString(), "--context", context)));
        return arguments;
    }

    @Override
    public String toString() {
        return folder;
    }
}
