package io.limpet.it.container;

import io.limpet.it.launch.Container;
import io.limpet.it.launch.Node;
import io.limpet.it.launch.NodeOptions;
import io.limpet.it.launch.UnpackedWar;
import java.time.Duration;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** A Jetty 12.1 with its ee10 environment. */
public final class JettyNode implements Container {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Server server;
    private final ServerConnector connector;

    private JettyNode(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** See {@link Node}. */
    public static void main(String[] args) throws InterruptedException {
        Node.run(args, JettyNode::start);
    }

    private static Container start(NodeOptions options, UnpackedWar war) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(options.port());
        server.addConnector(connector);
        WebAppContext application =
                new WebAppContext(war.folder().toString(), options.context().isEmpty() ? "/" : options.context());
        application.setThrowUnavailableOnStartupException(true);
        server.setHandler(new GracefulHandler(application));
        server.setStopTimeout(STOP_LIMIT.toMillis());
        server.start();
        return new JettyNode(server, connector);
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        server.stop();
    }
}
