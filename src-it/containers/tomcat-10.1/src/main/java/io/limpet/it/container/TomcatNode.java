package io.limpet.it.container;

import io.limpet.it.launch.Container;
import io.limpet.it.launch.KnownUser;
import io.limpet.it.launch.Node;
import io.limpet.it.launch.OrderFile;
import io.limpet.it.launch.UnpackedWar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Host;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** A Tomcat, 10.1 or 11 after the libraries beside it. */
public final class TomcatNode implements Container {

    private static final String JSP = "org.apache.jasper.servlet.JspServlet";

    /** As long as an order may take to come. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Tomcat tomcat;

    private TomcatNode(Tomcat tomcat) {
        this.tomcat = tomcat;
    }

    /** See {@link Node}. */
    public static void main(String[] args) throws InterruptedException {
        Node.run(args, TomcatNode::start);
    }

    private static Container start(int port, List<UnpackedWar> wars) throws IOException, LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setConnector(connector(port));
        // null: none; a route of Tomcat's own, whatever Limpet's is
        tomcat.getEngine().setJvmRoute(System.getProperty("jvmRoute"));
        tomcat.addUser(KnownUser.ISHMAEL.name(), KnownUser.ISHMAEL.password());
        tomcat.addRole(KnownUser.ISHMAEL.name(), KnownUser.ISHMAEL.role());
        List<StandardContext> applications = new ArrayList<>();
        for (UnpackedWar war : wars) {
            StandardContext application = application(tomcat, war);
            tomcat.getHost().addChild(application);
            applications.add(application);
        }
        tomcat.start();
        // Tomcat itself goes on without an application, or without its port
        if (tomcat.getConnector().getState() != LifecycleState.STARTED
                || !applications.stream().allMatch(it -> it.getState().isAvailable())) {
            throw new IllegalStateException("an application or the connector did not start");
        }
        undeployWhenTold(tomcat);
        return new TomcatNode(tomcat);
    }

    /** A test takes an application out of service by writing its context path into a file, within five minutes. */
    private static void undeployWhenTold(Tomcat tomcat) {
        OrderFile.named("IT_UNDEPLOY").ifPresent(order -> {
            Thread watch = new Thread(() -> undeploy(tomcat, order), "undeploy");
            watch.setDaemon(true);
            watch.start();
        });
    }

    private static void undeploy(Tomcat tomcat, OrderFile order) {
        try {
            Host host = tomcat.getHost();
            // removed, it is stopped and destroyed
            order.awaitContent(LONGEST).ifPresent(context -> host.removeChild(host.findChild(context)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Connector connector(int port) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", System.getProperty("limpet.it.address", "127.0.0.1"));
        return connector;
    }

    // Tomcat.addWebapp would add a servlet for JSP, which complains where there are none
    private static StandardContext application(Tomcat tomcat, UnpackedWar war) throws IOException {
        StandardContext application = new StandardContext();
        application.setName(war.context());
        application.setPath(war.context());
        application.setDocBase(war.folder().toString());
        ContextConfig webXml = new ContextConfig();
        webXml.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        application.addLifecycleListener(webXml);
        Tomcat.addServlet(application, "default", DefaultServlet.class.getName())
                .addMapping("/");
        if (war.hasPages()) {
            Tomcat.addServlet(application, "jsp", JSP).addMapping("*.jsp");
        } else {
            application.setContainerSciFilter("org\\.apache\\.jasper\\..*"); // it takes its time
        }
        application.setManager(sessionsInMemory());
        // what stands on the launcher's class path is no part of the application
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        scanner.setScanManifest(false);
        application.setJarScanner(scanner);
        // the process ends with its application: there is nobody left to leak to
        application.setClearReferencesRmiTargets(false);
        application.setClearReferencesThreadLocals(false);
        return application;
    }

    /** A node that is started again must find its sessions in the cluster, not in a file of its own. */
    private static StandardManager sessionsInMemory() {
        StandardManager sessions = new StandardManager();
        sessions.setPathname(null);
        return sessions;
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
