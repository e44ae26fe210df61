package io.limpet.it.container;

import io.limpet.it.launch.Container;
import io.limpet.it.launch.Node;
import io.limpet.it.launch.NodeOptions;
import io.limpet.it.launch.UnpackedWar;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainer;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A bare Undertow 2.3, which reads no web.xml of its own. */
public final class UndertowNode implements Container {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Undertow server;
    private final GracefulShutdownHandler door;
    private final DeploymentManager deployment;

    private UndertowNode(Undertow server, GracefulShutdownHandler door, DeploymentManager deployment) {
        this.server = server;
        this.door = door;
        this.deployment = deployment;
    }

    /** See {@link Node}. */
    public static void main(String[] args) throws InterruptedException {
        Node.run(args, UndertowNode::start);
    }

    private static Container start(NodeOptions options, UnpackedWar war) throws Exception {
        String context = options.context().isEmpty() ? "/" : options.context();
        DeploymentInfo info = new Deployment(war, context).info();
        DeploymentManager deployment = ServletContainer.Factory.newInstance().addDeployment(info);
        deployment.deploy();
        PathHandler paths = Handlers.path().addPrefixPath(context, deployment.start());
        GracefulShutdownHandler door = Handlers.gracefulShutdown(paths);
        Undertow server = Undertow.builder()
                .addHttpListener(options.port(), "127.0.0.1")
                .setHandler(door)
                .build();
        server.start();
        return new UndertowNode(server, door, deployment);
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void stop() throws Exception {
        door.shutdown();
        door.awaitShutdown(STOP_LIMIT.toMillis());
        deployment.stop();
        deployment.undeploy();
        server.stop();
    }
}
