package io.limpet.it.servers;

import io.limpet.it.cluster.Artifact;
import io.limpet.it.cluster.Node;
import io.limpet.it.judge.Quirks;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Undertow on its own, which has no archive and reads no {@code web.xml}: a small launcher does. */
record Undertow() implements Recipe {

    private static final Pattern SESSION_VALUE = Pattern.compile("[A-Za-z0-9_-]{40}");

    @Override
    public String name() {
        return "undertow";
    }

    @Override
    public String title() {
        return "Undertow, embedded";
    }

    @Override
    public Pattern sessionValue() {
        return SESSION_VALUE;
    }

    @Override
    public String changes() {
        return "A launcher reads `web.xml`; filters are initialized at the start (`setEagerFilterInit`).";
    }

    @Override
    public void layOut(NodeFolder folder, Node node, Path war) throws IOException {
        folder.copy(war, "shop.war");
    }

    @Override
    public Quirks quirks() {
        return Quirks.OF_UNDERTOW;
    }

    @Override
    public List<String> command(NodeFolder folder, Node node) {
        Path target = Artifact.CONTAINERS.path().resolve("undertow-2.3/target");
        return List.of(
                "-cp",
                target.resolve("node.jar") + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                "io.limpet.it.container.UndertowNode",
                "--port",
                Integer.toString(node.port()),
                "--war",
                folder.at("shop.war"));
    }
}
