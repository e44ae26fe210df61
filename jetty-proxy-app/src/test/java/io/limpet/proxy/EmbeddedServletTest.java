package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** The servlet in a Jetty of the user's own, set up by init parameters. */
class EmbeddedServletTest {

    private static Server server(ServletHolder servlet) {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        servlet.setAsyncSupported(true);
        servlet.setInitOrder(0);
        context.addServlet(servlet, "/*");
        server.setHandler(context);
        return server;
    }

    @Test
    void initParametersAreTheSettings() throws Exception {
        try (RawNode n1 = RawNode.answering("n1", "Set-Cookie: SID=4F2A", "Server: tomcat")) {
            ServletHolder servlet = new ServletHolder(LimpetProxyServlet.class);
            servlet.setInitParameter("nodes", "n1=" + n1.node().uri() + ",tagging=limpet,\n  n2=http://127.0.0.1:1");
            servlet.setInitParameter("cookie", "SID");
            Server server = server(servlet);
            try {
                server.start();
                URI uri =
                        URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
                var response = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri)
                                        .header("Cookie", "SID=x.n1")
                                        .build(),
                                BodyHandlers.ofString());

                assertThat(response.body()).isEqualTo("n1");
                assertThat(response.headers().allValues("Set-Cookie")).containsExactly("SID=4F2A.n1");
                assertThat(response.headers().allValues("Server")).containsExactly("tomcat");
                assertThat(response.headers().allValues("Date")).hasSize(1);
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void limitsOfBodiesHoldInAnyServer() throws Exception {
        try (RawNode n1 = RawNode.answering("n1")) {
            ServletHolder servlet = new ServletHolder(LimpetProxyServlet.class);
            servlet.setInitParameter("nodes", "n1=" + n1.node().uri());
            servlet.setInitParameter("limits.body", "10");
            Server server = server(servlet);
            try {
                server.start();
                int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
                try (WireClient client = new WireClient(port, Duration.ofSeconds(20))) {
                    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n01234567890");
                    assertThat(client.read().status()).isEqualTo(413);
                    assertThat(n1.requests()).isEmpty();
                }
            } finally {
                server.stop();
            }
        }
    }

    @Test
    void wrongInitParametersStopTheServerFromStartingAndAreAllNamed() throws Exception {
        ServletHolder servlet = new ServletHolder(LimpetProxyServlet.class);
        servlet.setInitParameter("nodes", "nonsense");
        servlet.setInitParameter("health.rise", "0");
        Server server = server(servlet);
        try {
            assertThatThrownBy(server::start)
                    .hasMessageContaining("init-param nodes: 'nonsense' has no name")
                    .hasMessageContaining("init-param health.rise: '0'");
        } finally {
            server.stop();
        }
    }
}
