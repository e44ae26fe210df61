package io.limpet.filter;

import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.startup.Tomcat.FixContextListener;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * A Tomcat on a free port of 127.0.0.1, whose applications are one servlet each behind the filter, with the listeners
 * that the jar's initializer registers. For one test at a time, on one thread.
 */
final class FilteredTomcat implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();

    /** @param folder for what it writes */
    FilteredTomcat(Path folder) {
        tomcat.setBaseDir(folder.toString());
        tomcat.setSilent(true);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
    }

    /**
     * Adds an application.
     *
     * @param path its context path, empty for the root
     * @param settings the filter's init-params
     */
    FilteredTomcat with(String path, HttpServlet servlet, Map<String, String> settings) {
        StandardContext context = new StandardContext();
        context.setName(path);
        context.setPath(path);
        context.addLifecycleListener(new FixContextListener());
        context.addServletContainerInitializer(new LimpetInitializer(), Set.of());
        FilterDef limpet = new FilterDef();
        limpet.setFilterName("limpet");
        limpet.setFilterClass(LimpetFilter.class.getName());
        limpet.setAsyncSupported("true");
        settings.forEach(limpet::addInitParameter);
        context.addFilterDef(limpet);
        FilterMap everything = new FilterMap();
        everything.setFilterName("limpet");
        everything.addURLPattern("/*");
        context.addFilterMap(everything);
        Tomcat.addServlet(context, "application", servlet).addMapping("/");
        tomcat.getHost().addChild(context);
        return this;
    }

    /** @throws IllegalStateException when it does not start */
    FilteredTomcat start() {
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** Where this path is, with the context's path and the query in it. */
    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
    }

    /** Ends one application. */
    void undeploy(String path) {
        tomcat.getHost().removeChild(tomcat.getHost().findChild(path));
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
