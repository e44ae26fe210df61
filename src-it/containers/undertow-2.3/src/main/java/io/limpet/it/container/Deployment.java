package io.limpet.it.container;

import io.limpet.it.launch.UnpackedWar;
import io.undertow.jsp.HackInstanceManager;
import io.undertow.jsp.JspServletBuilder;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ErrorPage;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.ServletSessionConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.SessionTrackingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.HashMap;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** An unpacked application as Undertow wants it told, as far as the shop needs it. */
final class Deployment {

    private final WebXml webXml;
    private final ClassLoader loader;
    private final boolean hasPages;
    private final DeploymentInfo info;

    Deployment(UnpackedWar war, String context) throws IOException {
        webXml = WebXml.read(war.folder().resolve("WEB-INF/web.xml"));
        loader = war.classLoader();
        hasPages = war.hasPages();
        info = Servlets.deployment()
                .setClassLoader(loader)
                .setDeploymentName(context)
                .setContextPath(context)
                .setEagerFilterInit(true)
                .setResourceManager(new PathResourceManager(war.folder()));
    }

    DeploymentInfo info() throws ClassNotFoundException, IOException {
        webXml.all("context-param").forEach(it -> info.addInitParameter(it.text("param-name"), it.text("param-value")));
        webXml.find("request-character-encoding").ifPresent(info::setDefaultRequestEncoding);
        webXml.find("response-character-encoding").ifPresent(info::setDefaultResponseEncoding);
        for (WebXml it : webXml.all("listener")) {
            info.addListener(Servlets.listener(load(it.text("listener-class"), EventListener.class)));
        }
        filters();
        servlets();
        webXml.first("session-config").ifPresent(this::sessions);
        webXml.all("error-page").forEach(this::errorPage);
        Realm.protect(info, webXml);
        if (hasPages) {
            pages();
        }
        for (ServletContainerInitializer it : ServiceLoader.load(ServletContainerInitializer.class, loader)) {
            info.addServletContainerInitializer(new ServletContainerInitializerInfo(it.getClass(), Set.of()));
        }
        return info;
    }

    private void filters() throws ClassNotFoundException {
        for (WebXml it : webXml.all("filter")) {
            FilterInfo filter = Servlets.filter(it.text("filter-name"), load(it.text("filter-class"), Filter.class));
            filter.setAsyncSupported(isTrue(it, "async-supported"));
            it.all("init-param").forEach(p -> filter.addInitParam(p.text("param-name"), p.text("param-value")));
            info.addFilter(filter);
        }
        for (WebXml it : webXml.all("filter-mapping")) {
            List<String> given = it.texts("dispatcher");
            for (String dispatcher : given.isEmpty() ? List.of("REQUEST") : given) {
                DispatcherType type = DispatcherType.valueOf(dispatcher);
                String name = it.text("filter-name");
                it.texts("url-pattern").forEach(pattern -> info.addFilterUrlMapping(name, pattern, type));
                it.texts("servlet-name").forEach(servlet -> info.addFilterServletNameMapping(name, servlet, type));
            }
        }
    }

    private void pages() throws IOException {
        // one folder for all applications would mix up their compiled pages
        info.setTempDir(Files.createTempDirectory("pages").toFile());
        // without a manager of its own it would look for one that comes with WildFly
        JspServletBuilder.setupDeployment(info, new HashMap<>(), new HashMap<>(), new HackInstanceManager());
        info.addServlet(JspServletBuilder.createServlet("jsp", "*.jsp"));
    }

    private void servlets() throws ClassNotFoundException {
        for (WebXml it : webXml.all("servlet")) {
            String name = it.text("servlet-name");
            ServletInfo servlet = Servlets.servlet(name, load(it.text("servlet-class"), Servlet.class));
            servlet.setAsyncSupported(isTrue(it, "async-supported"));
            it.all("init-param").forEach(p -> servlet.addInitParam(p.text("param-name"), p.text("param-value")));
            it.find("load-on-startup").map(Integer::valueOf).ifPresent(servlet::setLoadOnStartup);
            webXml.all("servlet-mapping").stream()
                    .filter(mapping -> mapping.text("servlet-name").equals(name))
                    .forEach(mapping -> servlet.addMappings(mapping.texts("url-pattern")));
            info.addServlet(servlet);
        }
    }

    private void sessions(WebXml given) {
        given.find("session-timeout")
                .ifPresent(minutes -> info.setDefaultSessionTimeout(60 * Integer.parseInt(minutes)));
        ServletSessionConfig sessions = new ServletSessionConfig();
        given.first("cookie-config").ifPresent(cookie -> {
            cookie.find("name").ifPresent(sessions::setName);
            cookie.find("path").ifPresent(sessions::setPath);
            sessions.setHttpOnly(isTrue(cookie, "http-only"));
            sessions.setSecure(isTrue(cookie, "secure"));
        });
        Set<SessionTrackingMode> modes = EnumSet.noneOf(SessionTrackingMode.class);
        given.texts("tracking-mode").forEach(mode -> modes.add(SessionTrackingMode.valueOf(mode)));
        if (!modes.isEmpty()) {
            sessions.setSessionTrackingModes(modes);
        }
        info.setServletSessionConfig(sessions);
    }

    private void errorPage(WebXml given) {
        String location = given.text("location");
        info.addErrorPage(given.find("error-code")
                .map(code -> new ErrorPage(location, Integer.parseInt(code)))
                .orElseGet(() -> new ErrorPage(location)));
    }

    private static boolean isTrue(WebXml given, String name) {
        return given.find(name).filter("true"::equals).isPresent();
    }

    private <T> Class<? extends T> load(String name, Class<T> type) throws ClassNotFoundException {
        return Class.forName(name, false, loader).asSubclass(type);
    }
}
