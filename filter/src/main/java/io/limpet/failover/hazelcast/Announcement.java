package io.limpet.failover.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import io.limpet.route.Route;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a node says of itself to proxies that look into the cluster: its address, in the map {@code limpet.nodes}, under its
 * route and the application's context path. It is said again and again and holds only for a while: a node that dies is
 * gone without anybody taking it out. Proxies read the map in {@code io.limpet.proxy.cluster}.
 */
final class Announcement implements AutoCloseable {

    /** The map; not one of {@link MemberConfig#MAP_PREFIX}, whose merge policy is for sessions. */
    static final String MAP = "limpet.nodes";

    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** A node that hangs for less stays. */
    static final Duration HOLDS = INTERVAL.multipliedBy(6);

    private static final Logger log = System.getLogger(Announcement.class.getName());
    private static final long FAREWELL_MILLIS = 1_000;

    private final HazelcastInstance hazelcast;
    private final String key;
    private final String url;

    // its own thread: Hazelcast leaves things with the one that calls it, and one of the container's would keep them
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread announcing = new Thread(task, "limpet-announcement");
        announcing.setDaemon(true);
        return announcing;
    });
    private boolean failing;

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with its executor and does not throw
    Announcement(HazelcastInstance hazelcast, Route node, String contextName, String url) {
        this.hazelcast = hazelcast;
        this.key = node.name() + " " + contextName;
        this.url = url;
        thread.scheduleWithFixedDelay(this::announce, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void announce() {
        try {
            hazelcast
                    .<String, String>getMap(MAP)
                    .setAsync(key, url, HOLDS.toMillis(), TimeUnit.MILLISECONDS)
                    .toCompletableFuture()
                    .get(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            failing = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.log(
                    failing ? Level.DEBUG : Level.WARNING,
                    "proxies are not told that node ''{0}'' is at {1}: {2}; it is tried again",
                    key,
                    url,
                    e);
            failing = true;
        }
    }

    /** The node leaves: proxies need not wait until its announcement has run out. Takes a second at most. */
    @Override
    public void close() {
        thread.execute(this::leave);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(FAREWELL_MILLIS, TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void leave() {
        try {
            hazelcast.getMap(MAP).removeAsync(key).toCompletableFuture().get(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.log(Level.DEBUG, "node ''{0}'' could not say that it leaves: {1}", key, e);
        }
    }
}
