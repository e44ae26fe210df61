package io.limpet.proxy;

import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.upstream.UpgradeTunnel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The tunnels that are open. Each ends when its node gives up its sessions: the client connects again, and is sent to
 * where its session is then. A node that is down ends its tunnels itself, if it has ended.
 *
 * <p>Any thread may add and end; the patrol looks at the nodes.
 */
final class Tunnels implements Patrol.Post {

    /** How long a client has to answer before its connection is closed, in rounds of the patrol: five seconds. */
    private static final int ROUNDS = (int) (5_000 / Patrol.MILLIS);

    private static final class Open {
        private final UpgradeTunnel tunnel;
        private final Supplier<NodeState> node;
        private int roundsLeft = ROUNDS;

        Open(UpgradeTunnel tunnel, Supplier<NodeState> node) {
            this.tunnel = tunnel;
            this.node = node;
        }

        boolean hasToLeave() {
            NodeState state = node.get();
            return state != NodeState.DOWN && !state.takesItsOwnSessions();
        }
    }

    private final Set<Open> open = ConcurrentHashMap.newKeySet();

    /** @param node its state as it stands whenever it is asked */
    void add(UpgradeTunnel tunnel, Supplier<NodeState> node) {
        Open added = new Open(tunnel, node);
        open.add(added);
        var unused = tunnel.closed().thenRun(() -> open.remove(added));
    }

    @Override
    public void passed() {
        for (Open each : open) {
            if (each.tunnel.isGoingAway()) {
                each.roundsLeft--;
                if (each.roundsLeft <= 0) {
                    each.tunnel.close(null);
                }
                continue;
            }
            if (each.hasToLeave()) {
                each.tunnel.goAway();
            }
        }
    }

    /** Ends all of them, and waits so long for the clients to agree. */
    void end(Duration atMost) {
        CompletableFuture<?>[] all = open.stream()
                .map(each -> each.tunnel)
                .peek(UpgradeTunnel::goAway)
                .map(UpgradeTunnel::closed)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(all)
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
