package io.limpet.it.container;

import io.limpet.it.launch.Container;
import io.limpet.it.launch.KnownUser;
import io.limpet.it.launch.Node;
import io.limpet.it.launch.UnpackedWar;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.SessionIdManager;
import org.eclipse.jetty.util.security.Credential;

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

    private static Container start(int port, List<UnpackedWar> wars) throws Exception {
        Server server = new Server();
        server.addBean(sessionIds(server));
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        server.addBean(realm());
        ContextHandlerCollection applications = new ContextHandlerCollection();
        for (UnpackedWar war : wars) {
            WebAppContext application =
                    new WebAppContext(war.folder().toString(), war.context().isEmpty() ? "/" : war.context());
            application.setThrowUnavailableOnStartupException(true);
            applications.addHandler(application);
        }
        server.setHandler(new GracefulHandler(applications));
        server.setStopTimeout(STOP_LIMIT.toMillis());
        server.start();
        return new JettyNode(server, connector);
    }

    /** With the worker's name from the property that Jetty's own start.jar has for it. */
    private static SessionIdManager sessionIds(Server server) {
        DefaultSessionIdManager ids = new DefaultSessionIdManager(server);
        ids.setWorkerName(System.getProperty("jetty.sessionIdManager.workerName", "node0"));
        return ids;
    }

    private static HashLoginService realm() {
        UserStore users = new UserStore();
        users.addUser(KnownUser.ISHMAEL.name(), Credential.getCredential(KnownUser.ISHMAEL.password()), new String[] {
            KnownUser.ISHMAEL.role()
        });
        HashLoginService realm = new HashLoginService("limpet");
        realm.setUserStore(users);
        return realm;
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
