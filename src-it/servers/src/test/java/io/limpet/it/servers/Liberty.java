package io.limpet.it.servers;

import io.limpet.it.cluster.Node;
import io.limpet.it.judge.Quirks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Open Liberty with the one feature that the shop needs. */
record Liberty() implements Recipe {

    private static final Pattern SESSION_VALUE = Pattern.compile("0000[A-Za-z0-9_-]+:[A-Za-z0-9_-]+");

    /** What is written with the writer of a wrapped response is chunked, whoever wraps it. */
    private static final Quirks WRITERS = Quirks.NONE.withFraming("^(?!.*[?,](stream|length:))");

    @Override
    public String name() {
        return "liberty";
    }

    @Override
    public String title() {
        return "Open Liberty";
    }

    @Override
    public Pattern sessionValue() {
        return SESSION_VALUE;
    }

    @Override
    public String changes() {
        return "Feature `servlet-6.0`, one endpoint, the shop with the context root `/`.";
    }

    @Override
    public void layOut(NodeFolder folder, Node node, Path war) throws IOException {
        String server = "servers/" + node.name() + "/";
        folder.write(server + "server.xml", """
                <server>
                  <featureManager><feature>servlet-6.0</feature></featureManager>
                  <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
                  <applicationMonitor updateTrigger="disabled"/>
                  <config updateTrigger="disabled"/>
                  <webApplication id="shop" location="shop.war" contextRoot="/"/>
                </server>
                """.formatted(node.port()));
        folder.copy(war, server + "apps/shop.war");
    }

    @Override
    public boolean runs(Variant variant) {
        return true;
    }

    @Override
    public void ownRoute(NodeFolder folder, Node node, String route) throws IOException {
        folder.edit(
                "servers/" + node.name() + "/server.xml",
                "</server>",
                "<httpSession cloneId=\"" + route + "\"/>\n</server>");
    }

    @Override
    public void jakartaEe(NodeFolder folder, Node node) throws IOException {
        folder.edit(
                "servers/" + node.name() + "/server.xml",
                "<feature>servlet-6.0</feature>",
                "<feature>cdi-4.0</feature><feature>faces-4.0</feature>");
    }

    @Override
    public List<String> sessionClasses() {
        return List.of(
                "org.jboss.weld.contexts.*",
                "org.jboss.weld.contexts.beanstore.LockStore",
                "org.jboss.weld.serialization.**",
                "org.jboss.weld.annotated.slim.*",
                "org.jboss.weld.bean.*",
                "org.jboss.weld.bean.builtin.BeanManagerProxy",
                "org.jboss.weld.manager.*",
                "org.jboss.weld.util.ForwardingBeanManager",
                "org.jboss.weld.bean.proxy.util.*",
                "com.ibm.ws.**",
                "org.apache.myfaces.**",
                "jakarta.faces.**");
    }

    @Override
    public void pages(NodeFolder folder, Node node) throws IOException {
        folder.edit(
                "servers/" + node.name() + "/server.xml",
                "<feature>servlet-6.0</feature>",
                "<feature>pages-3.1</feature>");
    }

    @Override
    public Quirks quirks() {
        return WRITERS;
    }

    @Override
    public List<String> command(NodeFolder folder, Node node) {
        Path home = Release.of("liberty");
        return List.of(
                "@" + home.resolve("lib/platform/java/java9.options"),
                "-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"),
                "-jar",
                home.resolve("bin/tools/ws-server.jar").toString(),
                node.name());
    }

    @Override
    public Map<String, String> environment(NodeFolder folder) {
        return Map.of("WLP_USER_DIR", folder.path().toString());
    }
}
