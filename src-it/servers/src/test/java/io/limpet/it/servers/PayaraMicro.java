package io.limpet.it.servers;

import io.limpet.it.cluster.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Payara Micro, with its own data grid switched off. */
record PayaraMicro() implements Recipe {

    private static final Pattern SESSION_VALUE = Pattern.compile("[0-9a-f]{28}");

    @Override
    public String name() {
        return "payara-micro";
    }

    @Override
    public String title() {
        return "Payara Micro";
    }

    @Override
    public Pattern sessionValue() {
        return SESSION_VALUE;
    }

    @Override
    public String changes() {
        return "`--nocluster`, since its data grid would only be a second one, and"
                + " `-Dfish.payara.classloading.delegate=false`: it carries a Hazelcast of its own, which would hide the"
                + " application's.";
    }

    @Override
    public void layOut(NodeFolder folder, Node node, Path war) throws IOException {
        folder.write(
                "loopback.asadmin",
                "set configs.config.server-config.network-config.network-listeners.network-listener"
                        + ".http-listener.address=127.0.0.1\n");
        folder.folders("root");
        folder.copy(war, "shop.war");
    }

    @Override
    public List<String> command(NodeFolder folder, Node node) {
        return List.of(
                "-Dfish.payara.classloading.delegate=false",
                "-jar",
                Release.of("payara-micro").toString(),
                "--nocluster",
                "--port",
                Integer.toString(node.port()),
                "--prebootcommandfile",
                folder.at("loopback.asadmin"),
                "--rootdir",
                folder.at("root"),
                "--deploy",
                folder.at("shop.war"),
                "--contextroot",
                "/");
    }
}
