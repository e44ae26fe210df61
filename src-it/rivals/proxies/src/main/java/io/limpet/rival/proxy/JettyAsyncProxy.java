package io.limpet.rival.proxy;

import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty's {@code AsyncProxyServlet} with its own settings: {@code JettyAsyncProxy PORT N1-URL N2-URL}. */
public final class JettyAsyncProxy {

    private JettyAsyncProxy() {}

    private static final class Sticky extends AsyncProxyServlet {
        private static final long serialVersionUID = 1L;

        private final String first;
        private final String second;

        Sticky(String first, String second) {
            this.first = first;
            this.second = second;
        }

        @Override
        protected String rewriteTarget(HttpServletRequest request) {
            String cookie = request.getHeader("Cookie");
            String node = cookie != null && SuffixCookie.route(cookie, "n1").equals("n2") ? second : first;
            String query = request.getQueryString();
            return node + request.getRequestURI() + (query == null ? "" : "?" + query);
        }

        @Override
        protected void addProxyHeaders(HttpServletRequest request, Request proxied) {
            super.addProxyHeaders(request, proxied);
            String cookie = request.getHeader("Cookie");
            if (cookie != null) {
                proxied.headers(fields -> fields.put(HttpHeader.COOKIE, SuffixCookie.stripped(cookie)));
            }
        }
    }

    /** Serves until its process is ended. */
    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(args[0]));
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder proxy = new ServletHolder(new Sticky(args[1], args[2]));
        proxy.setAsyncSupported(true);
        context.addServlet(proxy, "/*");
        server.setHandler(context);
        server.start();
        server.join();
    }
}
