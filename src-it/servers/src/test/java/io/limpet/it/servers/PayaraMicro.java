package io.limpet.it.servers;

import io.limpet.it.cluster.Node;
import io.limpet.it.judge.Quirks;
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
        return "`--nocluster`, since its data grid would only be a second one. It carries an older Hazelcast, which"
                + " would hide the application's: `<class-loader delegate=\"false\"/>` in a `glassfish-web.xml`, which the"
                + " `deploy` command is given as `--runtimealtdd`; it may as well be in the WAR.";
    }

    @Override
    public void layOut(NodeFolder folder, Node node, Path war) throws IOException {
        folder.write(
                "loopback.asadmin",
                "set configs.config.server-config.network-config.network-listeners.network-listener"
                        + ".http-listener.address=127.0.0.1\n"
                        + "set configs.config.server-config.hazelcast-config-specific-configuration.enabled=false\n");
        folder.folders("root");
        folder.copy(war, "shop.war");
        folder.write("glassfish-web.xml", """
                <!DOCTYPE glassfish-web-app PUBLIC "-//GlassFish.org//DTD GlassFish Application Server 3.1 Servlet 3.0//EN"
                    "http://glassfish.org/dtds/glassfish-web-app_3_0-1.dtd">
                <glassfish-web-app>
                  <class-loader delegate="false"/>
                </glassfish-web-app>
                """);
        folder.write(
                "deploy.asadmin",
                "deploy --name shop --contextroot / --runtimealtdd %s %s%n"
                        .formatted(folder.at("glassfish-web.xml"), folder.at("shop.war")));
    }

    @Override
    public boolean runs(Variant variant) {
        return variant != Variant.OWN_ROUTE && variant != Variant.CONTAINER_ROUTE;
    }

    @Override
    public List<String> sessionClasses() {
        return ReleasedServer.WELD_AND_MOJARRA;
    }

    @Override
    public Quirks quirks() {
        return Quirks.NONE.withWeld();
    }

    @Override
    public List<String> command(NodeFolder folder, Node node) {
        return List.of(
                "-jar",
                Release.of("payara-micro").toString(),
                "--nocluster",
                "--interfaces",
                "127.0.0.1",
                "--port",
                Integer.toString(node.port()),
                "--prebootcommandfile",
                folder.at("loopback.asadmin"),
                "--rootdir",
                folder.at("root"),
                "--postbootcommandfile",
                folder.at("deploy.asadmin"));
    }
}
