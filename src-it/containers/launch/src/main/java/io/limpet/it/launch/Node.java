package io.limpet.it.launch;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The life of a launcher's process: start, one line that says ready, and an ordered end at SIGTERM or end of input. */
public final class Node {

    private static final Logger LOG = System.getLogger(Node.class.getName());

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Node() {}

    /**
     * Serves until the process is ended; ends it with 1 when the application does not start.
     *
     * @param args see {@link NodeOptions}
     */
    public static void run(String[] args, Container.Starter starter) throws InterruptedException {
        Lifeline.tie();
        try {
            NodeOptions options = NodeOptions.parse(args);
            List<UnpackedWar> applications = new ArrayList<>();
            for (NodeOptions.War war : options.wars()) {
                applications.add(UnpackedWar.of(war));
            }
            Container container = starter.start(options.port(), applications);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(container, applications), "stop"));
            System.out.println("ready on " + container.port() + " pid "
                    + ProcessHandle.current().pid());
        } catch (Exception e) {
            LOG.log(Level.ERROR, "the node did not start", e);
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    /** A container that lets what is under way end before it closes: as long as the file is there, and half a minute. */
    private static void linger() throws IOException, InterruptedException {
        Optional<OrderFile> order = OrderFile.named("IT_LINGER");
        if (order.isPresent()) {
            order.get().awaitGone(LONGEST);
        }
    }

    private static void stop(Container container, List<UnpackedWar> applications) {
        try {
            linger();
            container.stop();
            System.out.println("stopped in order");
        } catch (Exception e) {
            LOG.log(Level.ERROR, "the node did not stop in order", e);
        }
        applications.forEach(UnpackedWar::delete);
    }
}
