package io.limpet.proxy;

import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.upstream.UpgradeTunnel;
import io.limpet.route.Route;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tunnels that are open. Each ends when its node gives up its sessions: the client connects again, and is sent to
 * where its session is then. A node that is down ends its tunnels itself, if it has ended.
 *
 * <p>Any thread may add and end; the patrol looks at the nodes.
 */
final class Tunnels implements Patrol.Post {

    /** How long a client has to answer before its connection is closed, in rounds of the patrol: five seconds. */
    private static final int ROUNDS = (int) (5_000 / Patrol.MILLIS);

    /**
     * What a tunnel leads to.
     *
     * @param path of the request that asked for it: an order may be for one context only
     */
    record Place(NodeStates states, String path, Route node) {

        /** A node that is no longer known gives up its sessions, too. */
        boolean givesUpItsSessions() {
            return states.nodes(path)
                    .named(node)
                    .map(Nodes.Member::state)
                    .map(state -> state != NodeState.DOWN && !state.takesItsOwnSessions())
                    .orElse(true);
        }
    }

    private static final class Open {
        private final UpgradeTunnel tunnel;
        private final Place place;
        private int roundsLeft = ROUNDS;

        Open(UpgradeTunnel tunnel, Place place) {
            this.tunnel = tunnel;
            this.place = place;
        }
    }

    private final Set<Open> open = ConcurrentHashMap.newKeySet();

    /** How many there are or may become: those that are asked for count before their node has agreed. */
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * Counts one more, unless there are so many. Who was told true either {@linkplain #add adds} a tunnel or {@linkplain
     * #giveUp gives it up}.
     */
    boolean expect(int most) {
        return taken.getAndUpdate(count -> count < most ? count + 1 : count) < most;
    }

    /** One that was expected is not to be. */
    void giveUp() {
        taken.decrementAndGet();
    }

    /** The one that was expected; from here on it is watched until it is closed. */
    void add(UpgradeTunnel tunnel, Place place) {
        Open added = new Open(tunnel, place);
        open.add(added);
        var unused = tunnel.closed().thenRun(() -> {
            open.remove(added);
            giveUp();
        });
    }

    @Override
    public void passed() {
        for (Open each : open) {
            if (each.tunnel.isGoingAway()) {
                each.roundsLeft--;
                if (each.roundsLeft <= 0) {
                    each.tunnel.close(new TimeoutException("the client was asked to leave, and has not"));
                }
                continue;
            }
            if (each.place.givesUpItsSessions()) {
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
