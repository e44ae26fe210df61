package io.limpet.it.servers;

import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.judge.Quirks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** WildFly, its standalone server. */
record WildFly() implements Recipe {

    // what bin/common.sh adds
    private static final List<String> MODULAR = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    private static final Pattern SESSION_VALUE = Pattern.compile("[A-Za-z0-9_-]{40}\\.[A-Za-z0-9_-]+");

    /**
     * A session that gets a new id is created anew, with the time of the last access to the one before it: with the filter
     * and without, it was last used before it was created, but for those where both fall into one millisecond.
     */
    private static final Quirks QUIRKS = Quirks.OF_UNDERTOW.withWeld().withNewIds("(?<=, used since )(true|false)");

    @Override
    public String name() {
        return "wildfly";
    }

    @Override
    public String title() {
        return "WildFly";
    }

    @Override
    public Pattern sessionValue() {
        return SESSION_VALUE;
    }

    @Override
    public String changes() {
        return "`standalone.xml` without the welcome page, which holds the root context, and with"
                + " `eager-filter-initialization=\"true\"`: else the filter, and with it the member of the cluster, starts"
                + " with the first request. Limpet's jar asks for the module `jdk.unsupported` in its manifest.";
    }

    @Override
    public void layOut(NodeFolder folder, Node node, Path war) throws IOException {
        folder.copy(home().resolve("standalone/configuration"), "configuration");
        folder.edit("configuration/standalone.xml", "<location name=\"/\" handler=\"welcome-content\"/>", "");
        folder.edit(
                "configuration/standalone.xml",
                "<servlet-container name=\"default\">",
                "<servlet-container name=\"default\" eager-filter-initialization=\"true\">");
        folder.copy(war, "deployments/ROOT.war");
    }

    @Override
    public boolean runs(Variant variant) {
        return true;
    }

    @Override
    public void ownRoute(NodeFolder folder, Node node, String route) throws IOException {
        folder.edit(
                "configuration/standalone.xml",
                "default-server=\"default-server\"",
                "default-server=\"default-server\" instance-id=\"" + route + "\"");
    }

    @Override
    public List<String> sessionClasses() {
        return ReleasedServer.WELD_AND_MOJARRA;
    }

    @Override
    public Quirks quirks() {
        return QUIRKS;
    }

    @Override
    public List<String> command(NodeFolder folder, Node node) {
        List<String> command = new ArrayList<>(MODULAR);
        command.addAll(List.of(
                "-Djava.net.preferIPv4Stack=true",
                "-Dorg.jboss.boot.log.file=" + folder.at("log/server.log"),
                "-Dlogging.configuration=file:" + folder.at("configuration/logging.properties"),
                "-jar",
                home().resolve("jboss-modules.jar").toString(),
                "-mp",
                home().resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + home(),
                "-Djboss.server.base.dir=" + folder.path(),
                "-Djboss.bind.address=127.0.0.1",
                "-Djboss.bind.address.management=127.0.0.1",
                "-Djboss.http.port=" + node.port(),
                "-Djboss.https.port=" + FreePorts.next(),
                "-Djboss.management.http.port=" + FreePorts.next()));
        return command;
    }

    private static Path home() {
        return Release.of("wildfly");
    }
}
