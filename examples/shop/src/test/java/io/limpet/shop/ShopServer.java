package io.limpet.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.StandardRoot;

/** The shop with its own web.xml in an embedded Tomcat on a free port of 127.0.0.1, without a proxy before it. */
final class ShopServer implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();

    ShopServer(Path work, String contextPath) {
        tomcat.setBaseDir(work.toString());
        tomcat.setSilent(true);
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        tomcat.getHost().addChild(shop(contextPath));
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException("the shop did not start", e);
        }
    }

    // Tomcat.addWebapp would add a servlet for JSP, which complains that there is none
    private Context shop(String contextPath) {
        StandardContext shop = new StandardContext();
        shop.setName(contextPath);
        shop.setPath(contextPath);
        shop.setDocBase(Path.of("src/main/webapp").toAbsolutePath().toString());
        ContextConfig webXml = new ContextConfig();
        webXml.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        shop.addLifecycleListener(webXml);
        Tomcat.addServlet(shop, "default", DefaultServlet.class.getName()).addMapping("/");
        StandardRoot resources = new StandardRoot(shop);
        resources.addPreResources(new DirResourceSet(
                resources,
                "/WEB-INF/classes",
                Path.of("target/classes").toAbsolutePath().toString(),
                "/"));
        shop.setResources(resources);
        shop.setClearReferencesObjectStreamClassCaches(false);
        shop.setClearReferencesRmiTargets(false);
        shop.setClearReferencesThreadLocals(false);
        return shop;
    }

    Browser browser() {
        return new Browser(
                URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort()));
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /**
     * One visitor with a session cookie of its own, who does not follow redirections. It sends the cookie as the proxy
     * forwards it, without the route: Tomcat knows its sessions only so.
     */
    static final class Browser {

        private final URI origin;
        private final HttpClient http = HttpClient.newHttpClient();
        private String session = "";

        private Browser(URI origin) {
            this.origin = origin;
        }

        HttpResponse<String> get(String path) {
            return send(HttpRequest.newBuilder().GET(), path);
        }

        HttpResponse<String> post(String path) {
            return send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()), path);
        }

        HttpResponse<String> submit(String path, String form) {
            return send(
                    HttpRequest.newBuilder()
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form)),
                    path);
        }

        private HttpResponse<String> send(HttpRequest.Builder request, String path) {
            try {
                request.uri(origin.resolve(path)).timeout(Duration.ofSeconds(20));
                if (!session.isEmpty()) {
                    request.header("Cookie", "JSESSIONID=" + session);
                }
                HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
                for (String cookie : answer.headers().allValues("Set-Cookie")) {
                    session = cookie.replaceFirst("^JSESSIONID=([^;.]*).*", "$1");
                }
                return answer;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
