package io.limpet.it.servers;

import io.limpet.it.cluster.Node;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Apache TomEE, embedded: the registry has no archive of version 10. */
record TomEE() implements Recipe {

    private static final Pattern SESSION_VALUE = Pattern.compile("[0-9A-F]{32}");

    @Override
    public String name() {
        return "tomee";
    }

    @Override
    public String title() {
        return "Apache TomEE, embedded";
    }

    @Override
    public Pattern sessionValue() {
        return SESSION_VALUE;
    }

    @Override
    public String changes() {
        return "`org.apache.tomee.embedded.Main` without the SOAP libraries.";
    }

    @Override
    public void layOut(NodeFolder folder, Node node, Path war) throws IOException {
        folder.copy(war, "ROOT.war");
    }

    @Override
    public boolean runs(Variant variant) {
        return variant != Variant.OWN_ROUTE && variant != Variant.CONTAINER_ROUTE;
    }

    @Override
    public List<String> sessionClasses() {
        return List.of(
                "jakarta.enterprise.context.*",
                "org.apache.webbeans.**",
                "org.apache.openejb.**",
                "org.apache.myfaces.**",
                "jakarta.faces.**");
    }

    @Override
    public List<String> command(NodeFolder folder, Node node) {
        return List.of(
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-javaagent:" + Release.tomee().resolve("openejb-javaagent-" + Release.version(name()) + ".jar"),
                "-cp",
                Release.tomee() + File.separator + "*",
                "org.apache.tomee.embedded.Main",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(node.port()),
                "--shutdown",
                "-1",
                "--directory",
                folder.at("tomee"),
                "--path",
                folder.at("ROOT.war"),
                "--context",
                "");
    }
}
