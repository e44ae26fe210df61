package io.limpet.it.container;

import io.limpet.it.launch.Container;
import io.limpet.it.launch.Node;
import io.limpet.it.launch.UnpackedWar;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A bare Undertow 2.3, which reads no web.xml of its own. */
public final class UndertowNode implements Container {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    // without it Undertow answers 500 to every cookie with a byte beyond ASCII, before any filter is asked
    private static final String ANY_COOKIE = "io.undertow.legacy.cookie.ALLOW_HTTP_SEPARATORS_IN_V0";

    private final Undertow server;
    private final GracefulShutdownHandler door;
    private final List<DeploymentManager> deployments;

    private UndertowNode(Undertow server, GracefulShutdownHandler door, List<DeploymentManager> deployments) {
        this.server = server;
        this.door = door;
        this.deployments = deployments;
    }

    /** See {@link Node}. */
    public static void main(String[] args) throws InterruptedException {
        System.setProperty(ANY_COOKIE, "true");
        Node.run(args, UndertowNode::start);
    }

    private static Container start(int port, List<UnpackedWar> wars) throws Exception {
        ServletContainer container = ServletContainer.Factory.newInstance();
        PathHandler paths = Handlers.path();
        List<DeploymentManager> deployments = new ArrayList<>();
        for (UnpackedWar war : wars) {
            String context = war.context().isEmpty() ? "/" : war.context();
            DeploymentManager deployment = container.addDeployment(new Deployment(war, context).info());
            deployment.deploy();
            paths.addPrefixPath(context, deployment.start());
            deployments.add(deployment);
        }
        GracefulShutdownHandler door = Handlers.gracefulShutdown(paths);
        Undertow server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setHandler(door)
                .build();
        server.start();
        return new UndertowNode(server, door, deployments);
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void stop() throws Exception {
        door.shutdown();
        door.awaitShutdown(STOP_LIMIT.toMillis());
        for (DeploymentManager deployment : deployments) {
            deployment.stop();
            deployment.undeploy();
        }
        server.stop();
    }
}
