package io.limpet.proxy.peer;

import io.limpet.proxy.config.ListenAddress;
import io.limpet.proxy.node.Condition;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.node.NodeWatcher;
import io.limpet.proxy.node.Ordered;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other proxies. What is ordered here is told to each of them at once; and every two seconds each is told, and asked
 * for, all orders, so that one that was away, or whose orders were lost on the way, has them again.
 *
 * <p>Orders that are news here are passed on, too: not each proxy has to know each other one. That ends, because what a
 * proxy has already is no news. Any thread may call it; nobody waits for a proxy that does not answer.
 */
public final class Peers implements NodeWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final NodeStates states;
    private final String token;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Peers::thread);
    private final CountDownLatch found = new CountDownLatch(1);
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private volatile List<ListenAddress> listed;
    private volatile Map<ListenAddress, Peer> peers = Map.of();

    /**
     * These proxies, which are not asked yet.
     *
     * @param listed a name stands for each of its addresses
     * @param token all of them have it
     */
    public Peers(List<ListenAddress> listed, String token, NodeStates states) {
        this.listed = listed;
        this.token = token;
        this.states = states;
        states.watchedBy(this);
    }

    /** Begins, and waits for the orders of those who answer within this time. */
    public void start(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        var unused = clock.scheduleWithFixedDelay(this::round, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        try {
            if (found.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                for (Peer peer : peers.values()) {
                    var unusedToo = peer.wasAskedWithin(until - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on these. */
    public void follow(List<ListenAddress> changed) {
        listed = changed;
        clock.execute(this::round);
    }

    /** How each of them is. */
    public List<PeerView> views() {
        return peers.values().stream().map(Peer::view).toList();
    }

    /** Asks nobody any more. */
    public void stop() {
        clock.shutdownNow();
    }

    @Override
    public void flipped(Node node, Condition before, Condition after) {
        // each proxy looks for itself
    }

    @Override
    public void ordered(Ordered ordered) {
        peers.values().forEach(Peer::exchange);
    }

    private void round() {
        try {
            Map<ListenAddress, Peer> now = new LinkedHashMap<>();
            Map<ListenAddress, Peer> before = peers;
            listed.stream()
                    .flatMap(this::addresses)
                    .forEach(address -> now.computeIfAbsent(
                            address, at -> before.getOrDefault(at, new Peer(at, http, token, states))));
            peers = now;
            now.values().forEach(Peer::exchange);
            found.countDown();
        } catch (RuntimeException e) {
            // the clock would never strike again
            LOG.error("other proxies cannot be asked: {}", e.toString(), e);
        }
    }

    /** While a name cannot be looked up its addresses stay. */
    private Stream<ListenAddress> addresses(ListenAddress name) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name.host()))
                    .map(address -> new ListenAddress(withoutScope(address.getHostAddress()), name.port()));
        } catch (UnknownHostException e) {
            LOG.debug("'{}' cannot be looked up: {}", name, e.getMessage());
            return peers.keySet().stream().filter(known -> known.port() == name.port());
        }
    }

    private static String withoutScope(String address) {
        int percent = address.indexOf('%');
        return percent < 0 ? address : address.substring(0, percent);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "limpet-peers");
        thread.setDaemon(true);
        return thread;
    }
}
