package io.limpet.proxy.cluster;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.limpet.proxy.node.Condition;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.node.NodeWatcher;
import io.limpet.proxy.node.Order;
import io.limpet.proxy.node.Ordered;
import io.limpet.proxy.node.StampedOrder;
import io.limpet.proxy.peer.OrderList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders that all proxies of one cluster share: each writes its own into a map and hears of the others'. Of two that write
 * at once the later one may be overwritten there; its proxy writes it again at its next look.
 *
 * <p>Any thread may call it.
 */
final class ClusterOrders
        implements NodeWatcher, EntryAddedListener<String, String>, EntryUpdatedListener<String, String> {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterOrders.class);
    private static final String ORDERS = "limpet.orders";

    /** As long as proxies remember themselves that an order has ended. */
    private static final long ENDED_DAYS = 7;

    private final Supplier<HazelcastInstance> client;
    private final NodeStates states;
    private final Executor threads;
    private boolean listening;

    ClusterOrders(Supplier<HazelcastInstance> client, NodeStates states, Executor threads) {
        this.client = client;
        this.states = states;
        this.threads = threads;
    }

    /** Takes what others have written, and writes what they do not know; never throws. */
    synchronized void exchange() {
        try {
            IMap<String, String> map = client.get().getMap(ORDERS);
            if (!listening) {
                var unused = map.addEntryListener(this, true);
                listening = true;
            }
            Map<String, StampedOrder> there = map.values().stream()
                    .flatMap(text -> read(text).stream())
                    .collect(Collectors.toMap(ClusterOrders::key, Function.identity(), (one, other) -> one));
            states.take(List.copyOf(there.values()));
            states.stampedOrders().forEach(mine -> write(mine, there.get(key(mine)), map));
        } catch (RuntimeException e) {
            LOG.debug("the cluster has no orders now", e);
        }
    }

    private static void write(StampedOrder mine, @Nullable StampedOrder theirs, IMap<String, String> map) {
        if (theirs != null && theirs.stamp().compareTo(mine.stamp()) >= 0) {
            return;
        }
        String text = OrderList.write(List.of(mine));
        if (mine.ordered().order() == Order.READY) {
            map.set(key(mine), text, ENDED_DAYS, TimeUnit.DAYS);
        } else {
            map.set(key(mine), text, 0, TimeUnit.DAYS); // 0: for ever
        }
    }

    private static String key(StampedOrder order) {
        return order.ordered().node().name() + " " + order.ordered().context();
    }

    private static List<StampedOrder> read(String text) {
        try {
            return OrderList.read(text);
        } catch (IllegalArgumentException e) {
            LOG.warn("an order in the cluster cannot be read ({}); it is left alone", e.getMessage());
            return List.of();
        }
    }

    @Override
    public void entryAdded(EntryEvent<String, String> event) {
        states.take(read(event.getValue()));
    }

    @Override
    public void entryUpdated(EntryEvent<String, String> event) {
        states.take(read(event.getValue()));
    }

    @Override
    public void flipped(Node node, Condition before, Condition after) {
        // each proxy looks for itself
    }

    @Override
    public void ordered(Ordered ordered) {
        try {
            threads.execute(this::exchange);
        } catch (RejectedExecutionException e) {
            LOG.debug("this proxy stops", e);
        }
    }
}
