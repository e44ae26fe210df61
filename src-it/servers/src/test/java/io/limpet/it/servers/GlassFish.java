package io.limpet.it.servers;

import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Eclipse GlassFish: a copy of its domain1 for each node, with the shop in it as {@code asadmin deploy} puts it there. */
record GlassFish() implements Recipe {

    private static final String DOMAIN = "config/domain.xml";

    // what domain.xml asks for, and asadmin start-domain passes on
    private static final List<String> OPTIONS = List.of(
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.fs=ALL-UNNAMED",
            "--add-opens=java.base/sun.net.www.protocol.jrt=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
            "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.vm.annotation=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.vm.annotation=ALL-UNNAMED",
            "-Djava.awt.headless=true",
            "-Djavax.xml.accessExternalSchema=all",
            "-DANTLR_USE_DIRECT_CLASS_LOADING=true",
            "-Dcom.sun.enterprise.config.config_environment_factory_class="
                    + "com.sun.enterprise.config.serverbeans.AppserverConfigEnvironmentFactory",
            // no shell and no folder to watch
            "-Dorg.glassfish.additionalOSGiBundlesToStart=",
            "-Dorg.glassfish.gmbal.no.multipleUpperBoundsException=true",
            "-Djdk.attach.allowAttachSelf=true");

    private static final Pattern SESSION_VALUE = Pattern.compile("[0-9a-f]{28}");

    @Override
    public String name() {
        return "glassfish";
    }

    @Override
    public String title() {
        return "Eclipse GlassFish";
    }

    @Override
    public Pattern sessionValue() {
        return SESSION_VALUE;
    }

    @Override
    public String changes() {
        return "Ports and addresses in `domain.xml`, JMX off; the shop deployed with the context root `/`, from the same"
                + " path on all nodes: CDI names its beans after it, and refuses those of a session from elsewhere.";
    }

    @Override
    public void layOut(NodeFolder folder, Node node, Path war) throws IOException {
        folder.copy(home().resolve("domains/domain1/config"), "config");
        folder.folders("logs", "applications", "lib", "autodeploy", "docroot");
        Path shop = folder.path().resolveSibling("deployed-" + war.getFileName());
        if (!Files.exists(shop)) {
            folder.unpack(war, shop.toString());
        }
        folder.edit(DOMAIN, "address=\"0.0.0.0\"", "address=\"127.0.0.1\"");
        listener(folder, "8080", node.port());
        listener(folder, "8181", FreePorts.next());
        listener(folder, "4848", FreePorts.next());
        folder.edit(DOMAIN, "<jmx-connector auth-realm-name", "<jmx-connector enabled=\"false\" auth-realm-name");
        for (String port : List.of("3700", "3820", "3920")) {
            folder.edit(DOMAIN, "port=\"" + port + "\"", "port=\"" + FreePorts.next() + "\"");
        }
        folder.edit(
                DOMAIN,
                "<server name=\"server\" config-ref=\"server-config\">",
                "<server name=\"server\" config-ref=\"server-config\">"
                        + "<application-ref ref=\"shop\" virtual-servers=\"server\"/>");
        folder.edit(DOMAIN, "</domain>", """
                <applications>
                  <application name="shop" context-root="/" object-type="user"
                               location="%s">
                    <property name="defaultAppName" value="shop"/>
                    <module name="shop">%s<engine sniffer="web"/><engine sniffer="security"/></module>
                  </application>
                </applications>
                </domain>""".formatted(shop.toUri(), cdi(shop)));
    }

    /** As the deployment finds out. */
    private static String cdi(Path application) {
        return Files.exists(application.resolve("WEB-INF/beans.xml")) ? "<engine sniffer=\"weld\"/>" : "";
    }

    private static void listener(NodeFolder folder, String released, int port) throws IOException {
        String element = "<network-listener port=\"";
        folder.edit(DOMAIN, element + released + "\"", element + port + "\" address=\"127.0.0.1\"");
    }

    @Override
    public boolean runs(Variant variant) {
        return variant != Variant.OWN_ROUTE && variant != Variant.CONTAINER_ROUTE;
    }

    @Override
    public List<String> sessionClasses() {
        return ReleasedServer.WELD_AND_MOJARRA;
    }

    /**
     * Two starts of the same application may number its beans differently; and GlassFish reports what Spring keeps in its
     * threads when it stops.
     */
    @Override
    public Map<String, Set<String>> explained() {
        Set<String> beans = Set.of("WELD-000227");
        return Map.of(
                "CDI",
                beans,
                "CDI, 20 at once",
                beans,
                "Faces",
                beans,
                "Spring Security",
                beans,
                Variant.JAKARTA_EE.name(),
                beans,
                Variant.SPRING.name(),
                Set.of("WELD-000227", "[class org.springframework.core.NamedThreadLocal"));
    }

    @Override
    public List<String> command(NodeFolder folder, Node node) {
        List<String> command = new ArrayList<>(OPTIONS);
        command.addAll(List.of(
                "-Djava.security.policy=" + folder.at("config/server.policy"),
                "-Djava.security.auth.login.config=" + folder.at("config/login.conf"),
                "-Djavax.net.ssl.keyStore=" + folder.at("config/keystore.jks"),
                "-Djavax.net.ssl.trustStore=" + folder.at("config/cacerts.jks"),
                "-Dcom.sun.aas.installRoot=" + home(),
                "-Dcom.sun.aas.instanceRoot=" + folder.path(),
                "-cp",
                home().resolve("modules/glassfish.jar").toString(),
                "com.sun.enterprise.glassfish.bootstrap.GlassFishMain",
                "-type",
                "DAS",
                "-domainname",
                "domain1",
                "-instancename",
                "server",
                "-domaindir",
                folder.path().toString(),
                "-upgrade",
                "false",
                "-verbose",
                "true",
                "-debug",
                "false"));
        return command;
    }

    private static Path home() {
        return Release.of("glassfish").resolve("glassfish");
    }
}
