package io.limpet.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/**
 * One node: a Tomcat with the shop at the root, as a process of its own. Its name and its failover settings stand in the
 * environment, where the filter reads them.
 */
final class ShopNode {

    private static final int THREADS = 50;

    private ShopNode() {}

    /**
     * Takes the port on 127.0.0.1, the folder of the unpacked shop, and a folder to work in. Ends in order at SIGTERM, or
     * when the demo is gone; exit code 1 when the shop does not start.
     */
    public static void main(String[] args) throws IOException, LifecycleException {
        Leash.tie();
        try (InputStream settings = ShopNode.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        }
        Path work = Files.createDirectories(Path.of(args[2]));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(work.toString());
        tomcat.setConnector(connector(Integer.parseInt(args[0])));
        StandardContext shop = shop(tomcat, Path.of(args[1]));
        tomcat.getHost().addChild(shop);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat), "stop"));
        tomcat.start();
        // Tomcat itself goes on without its only application, or without its port
        if (!shop.getState().isAvailable() || tomcat.getConnector().getState() != LifecycleState.STARTED) {
            System.exit(1);
        }
        tomcat.getServer().await();
    }

    private static Connector connector(int port) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", Integer.toString(THREADS));
        return connector;
    }

    private static StandardContext shop(Tomcat tomcat, Path folder) {
        StandardContext shop = new StandardContext();
        shop.setName("");
        shop.setPath("");
        shop.setDocBase(folder.toString());
        ContextConfig webXml = new ContextConfig();
        webXml.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        shop.addLifecycleListener(webXml);
        Tomcat.addServlet(shop, "default", DefaultServlet.class.getName()).addMapping("/");
        // a node that is started again must find its sessions in the cluster, not in a file of its own
        StandardManager sessions = new StandardManager();
        sessions.setPathname(null);
        shop.setManager(sessions);
        // the demo's own jar holds no parts of the application
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        scanner.setScanManifest(false);
        shop.setJarScanner(scanner);
        // the process ends with its application: there is nobody left to leak to
        shop.setClearReferencesObjectStreamClassCaches(false);
        shop.setClearReferencesRmiTargets(false);
        shop.setClearReferencesThreadLocals(false);
        return shop;
    }

    private static void stop(Tomcat tomcat) {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            System.err.println("WARNING the node did not stop in order: " + e);
        }
    }
}
