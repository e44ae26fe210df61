package io.limpet.rival.jetty;

import com.hazelcast.config.Config;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.core.Hazelcast;
import io.limpet.it.launch.Container;
import io.limpet.it.launch.Node;
import io.limpet.it.launch.UnpackedWar;
import java.util.List;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.hazelcast.session.HazelcastSessionDataStoreFactory;
import org.eclipse.jetty.hazelcast.session.SessionDataSerializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.session.DefaultSessionCacheFactory;
import org.eclipse.jetty.session.SessionData;

/** A Jetty whose sessions are in a member that {@code -Dhazelcast.config} describes, written whenever they changed. */
public final class JettyHazelcastNode implements Container {

    private final Server server;
    private final ServerConnector connector;

    private JettyHazelcastNode(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** See {@link Node}. */
    public static void main(String[] args) throws InterruptedException {
        Node.run(args, JettyHazelcastNode::start);
    }

    private static Container start(int port, List<UnpackedWar> wars) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        Config config = Config.load();
        config.getSerializationConfig()
                .addSerializerConfig(new SerializerConfig()
                        .setImplementation(new SessionDataSerializer())
                        .setTypeClass(SessionData.class));
        HazelcastSessionDataStoreFactory store = new HazelcastSessionDataStoreFactory();
        store.setHazelcastInstance(Hazelcast.newHazelcastInstance(config));
        store.setSavePeriodSec(0);
        server.addBean(store);
        DefaultSessionCacheFactory cache = new DefaultSessionCacheFactory();
        cache.setFlushOnResponseCommit(true); // before the client can see the answer, as the others do
        server.addBean(cache);
        server.setHandler(new WebAppContext(wars.get(0).folder().toString(), "/"));
        server.start();
        return new JettyHazelcastNode(server, connector);
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void stop() throws Exception {
        server.stop();
        Hazelcast.shutdownAll();
    }
}
