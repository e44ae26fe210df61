package io.limpet.it.container;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.JreMemoryLeakPreventionListener;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.core.ThreadLocalLeakPreventionListener;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.scan.StandardJarScanner;

/**
 * Deploys one WAR again and again in a Tomcat with the listeners that its {@code server.xml} has, asks it for a session
 * each time, and says what is still there when it is gone. Tomcat's own leak detector writes to the log meanwhile.
 */
public final class RedeployTomcat {

    private static final int COLLECTIONS = 30;
    private static final long WAIT_MILLIS = 200;

    private final Tomcat tomcat = new Tomcat();
    private final StandardHost host;
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();

    private RedeployTomcat() throws IOException, LifecycleException {
        Path base = Files.createTempDirectory("redeploy");
        Files.createDirectory(base.resolve("webapps"));
        tomcat.setBaseDir(base.toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        tomcat.getServer().addLifecycleListener(new JreMemoryLeakPreventionListener());
        tomcat.getServer().addLifecycleListener(new ThreadLocalLeakPreventionListener());
        host = (StandardHost) tomcat.getHost();
        tomcat.start();
    }

    /**
     * Ends when all is said.
     *
     * @param args the WAR, the path of a page that makes a session, how often, and {@code thread} to have each deployment
     *     leave a thread behind, or {@code thread-local} to have it leave one of its objects in the thread of a request,
     *     which shows that this would be seen
     */
    public static void main(String[] args) throws Exception {
        RedeployTomcat redeploys = new RedeployTomcat();
        String leak = args.length > 3 ? args[3] : "nothing";
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        int times = Integer.parseInt(args[2]);
        for (int i = 0; i < times; i++) {
            redeploys.deployOnce(Path.of(args[0]), args[1], leak);
        }
        String threads = threadsSince(before);
        int left = redeploys.loadersLeft();
        int contexts = redeploys.host.findReloadedContextMemoryLeaks().length;
        System.out.printf(
                "redeployed %d times, left: %d class loaders, %d contexts, threads [%s]%n",
                times, left, contexts, threads);
        redeploys.tomcat.stop();
        redeploys.tomcat.destroy();
        System.exit(0); // a thread that is left behind may be no daemon
    }

    private void deployOnce(Path war, String page, String leak) throws IOException {
        StandardContext application = application(war);
        if (leak.equals("thread-local")) {
            application.getPipeline().addValve(new Forgetful());
        }
        host.addChild(application);
        if (!application.getState().isAvailable()) {
            throw new IllegalStateException("the application did not start");
        }
        get(page);
        ClassLoader loader = application.getLoader().getClassLoader();
        loaders.add(new WeakReference<>(loader, collected));
        if (leak.equals("thread")) {
            Thread left = new Thread(RedeployTomcat::parkForever, "left-behind");
            left.setContextClassLoader(loader);
            left.setDaemon(true);
            left.start();
        }
        host.removeChild(application); // stops and destroys it
    }

    /** Leaves an object of the application's in the thread of each request. */
    private static final class Forgetful extends ValveBase {

        private static final ThreadLocal<Object> LEFT = new ThreadLocal<>();

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            try {
                LEFT.set(request.getContext()
                        .getLoader()
                        .getClassLoader()
                        .loadClass("io.limpet.shop.Cart")
                        .getConstructor()
                        .newInstance());
            } catch (ReflectiveOperationException e) {
                throw new ServletException(e);
            }
            getNext().invoke(request, response);
        }
    }

    private static void parkForever() {
        while (true) {
            LockSupport.park();
        }
    }

    private static StandardContext application(Path war) {
        StandardContext application = new StandardContext();
        application.setName("");
        application.setPath("");
        application.setDocBase(war.toString());
        ContextConfig webXml = new ContextConfig();
        webXml.setDefaultWebXml("org/apache/catalina/startup/NO_DEFAULT_XML");
        application.addLifecycleListener(webXml);
        Tomcat.addServlet(application, "default", DefaultServlet.class.getName())
                .addMapping("/");
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        application.setJarScanner(scanner);
        return application;
    }

    /** Over a socket of its own: a client of the JDK would keep threads and connections. */
    private void get(String page) throws IOException {
        int port = tomcat.getConnector().getLocalPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + page + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!answer.startsWith("HTTP/1.1 200") || !answer.contains("Set-Cookie: JSESSIONID=")) {
                throw new IllegalStateException("the page made no session: " + answer);
            }
        }
    }

    /**
     * The JDK's own method handles behind the records' methods keep the last type that they were used for, until 17 of
     * whichever application that was; a type of ours takes its place.
     */
    private static void forgetLastRecordType() {
        record Inner(int one) {}
        record Outer(Inner one, Inner other) {}
        Outer outer = new Outer(new Inner(1), new Inner(2));
        if (!outer.equals(new Outer(new Inner(1), new Inner(2)))
                || outer.hashCode() == outer.toString().hashCode()) {
            throw new IllegalStateException("no record: " + outer);
        }
    }

    private int loadersLeft() throws InterruptedException {
        forgetLastRecordType();
        int left = loaders.size();
        for (int i = 0; i < COLLECTIONS && left > 0; i++) {
            System.gc();
            while (left > 0 && collected.remove(WAIT_MILLIS) != null) {
                left--;
            }
        }
        return left;
    }

    /** Tomcat renews its own threads when an application is gone. */
    private static String threadsSince(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> !name.startsWith("http-nio-") && !name.startsWith("Catalina-utility-"))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
