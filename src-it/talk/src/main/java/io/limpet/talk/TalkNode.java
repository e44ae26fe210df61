package io.limpet.talk;

import io.limpet.filter.LimpetFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.websocket.server.WsSci;

/** A Tomcat with this application at its root, on 127.0.0.1. */
public final class TalkNode {

    private TalkNode() {}

    /**
     * Serves until the process is ended.
     *
     * @param args the port
     */
    public static void main(String[] args) throws IOException, LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("talk").toString());
        Connector connector = new Connector();
        connector.setPort(Integer.parseInt(args[0]));
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Context application =
                tomcat.addContext("", Files.createTempDirectory("talk").toString());
        addFilter(application);
        // without it Tomcat asks no filter about a path that no servlet has, be it the status or a WebSocket's
        addServlet(application, "default", new DefaultServlet(), "/");
        addServlet(application, "page", new PageServlet(), "/page");
        addServlet(application, "bodies", new BodiesServlet(), "/bodies");
        addServlet(application, "events", new EventsServlet(), "/events");
        application.addServletContainerInitializer(new WsSci(), Set.of(Talk.class));
        tomcat.start();
        System.out.println("ready on " + connector.getLocalPort() + " pid "
                + ProcessHandle.current().pid());
        tomcat.getServer().await();
    }

    private static void addFilter(Context application) {
        FilterDef filter = new FilterDef();
        filter.setFilterName("limpet");
        filter.setFilterClass(LimpetFilter.class.getName());
        filter.setAsyncSupported("true");
        application.addFilterDef(filter);
        FilterMap all = new FilterMap();
        all.setFilterName("limpet");
        all.addURLPattern("/*");
        EnumSet.allOf(DispatcherType.class).forEach(type -> all.setDispatcher(type.name()));
        application.addFilterMap(all);
    }

    private static void addServlet(Context application, String name, Servlet servlet, String path) {
        Tomcat.addServlet(application, name, servlet).setAsyncSupported(true);
        application.addServletMappingDecoded(path, name);
    }

    /** This node's name. */
    static String name() {
        return System.getenv().getOrDefault("LIMPET_NODE", "nobody");
    }
}
