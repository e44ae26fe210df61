package io.limpet.demo;

import io.limpet.demo.Plan.NodePlace;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** Writes the command lines of the nodes and of the proxy. */
final class Launches {

    // small, and quick to start: several of these share a laptop
    private static final List<String> SMALL =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-Xshare:auto", "-Duser.language=en");

    // what Hazelcast asks for on Java 9 and later, so that its own warning about it stays away
    private static final List<String> FOR_HAZELCAST = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private Launches() {}

    static Launch node(Plan plan, NodePlace place, Folder folder) {
        List<String> command = java();
        // the first, simple compiler is enough for a demo and costs half the time at start
        command.add("-XX:TieredStopAtLevel=1");
        if (plan.failover()) {
            command.addAll(FOR_HAZELCAST);
        }
        command.addAll(List.of(
                "-cp",
                own().toString(),
                ShopNode.class.getName(),
                Integer.toString(place.port()),
                folder.shop().toString(),
                folder.work(place.name()).toString()));
        Map<String, String> environment = Map.of(
                "LIMPET_NODE", place.name(),
                "LIMPET_FAILOVER", Boolean.toString(plan.failover()),
                "LIMPET_CLUSTER", "limpet-demo-" + plan.port(),
                "LIMPET_MEMBERS", plan.members(),
                "LIMPET_BIND", "127.0.0.1:" + place.memberPort());
        return new Launch(
                place.name(),
                place.port(),
                command,
                environment,
                URI.create("http://127.0.0.1:" + place.port() + "/limpet/status"),
                plan.failover() ? "\"failover\":\"healthy\"" : "");
    }

    /** @throws StartFailedException when the proxy's jar cannot be run */
    static Launch proxy(Plan plan, Folder folder) throws StartFailedException {
        List<String> command = java();
        command.addAll(List.of(
                "-cp",
                folder.proxy() + File.pathSeparator + own(),
                Leash.class.getName(),
                mainClass(folder.proxy()),
                "--listen",
                "127.0.0.1:" + plan.port(),
                "--admin",
                plan.admin()));
        for (NodePlace node : plan.nodes()) {
            command.add("--node");
            command.add(node.name() + "=http://127.0.0.1:" + node.port());
        }
        // a file, because asking for a page would begin a session
        URI ready = URI.create("http://127.0.0.1:" + plan.port() + "/shop.css");
        return new Launch(Plan.PROXY, plan.port(), command, Map.of(), ready, "");
    }

    private static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL);
        return command;
    }

    /** The jar (in a test the folder) that this class came from. */
    private static Path own() {
        try {
            return Path.of(Launches.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this jar has no path that can be started again", e);
        }
    }

    private static String mainClass(Path jar) throws StartFailedException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        } catch (IOException e) {
            throw new StartFailedException("the proxy's jar cannot be read: " + e.getMessage() + "; build it again");
        }
    }
}
