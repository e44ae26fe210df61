package io.limpet.proxy.config;

import io.limpet.proxy.balance.Balancing;
import io.limpet.proxy.node.PathPattern;
import io.limpet.proxy.node.TakeoverRate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which node a request goes to that no session binds.
 *
 * @param way how new sessions find a node
 * @param slowStart how long a node that has come up gets less than its share; zero: not at all
 * @param takeover how fast a node is given the sessions of others
 * @param rebalance how many sessions in a second move to a node that has fewer; 0: none
 * @param ignore paths for which sessions do not matter
 * @param testerToken who knows it may name the node; empty: nobody may
 */
public record BalanceSettings(
        Balancing way,
        Duration slowStart,
        TakeoverRate takeover,
        int rebalance,
        List<PathPattern> ignore,
        Optional<String> testerToken) {

    /** As it is when nothing is said. */
    public static final BalanceSettings NORMAL = new BalanceSettings(
            Balancing.TWO_CHOICES,
            Duration.ofSeconds(30),
            new TakeoverRate(500, Duration.ofSeconds(5)),
            0,
            List.of(),
            Optional.empty());

    /** Keeps its own copy of the list. */
    public BalanceSettings {
        ignore = List.copyOf(ignore);
    }

    @Override
    public String toString() {
        return "BalanceSettings[" + way + ", slowStart " + slowStart + ", " + takeover + ", rebalance " + rebalance
                + ", ignore " + ignore
                + (testerToken.isPresent() ? ", testerToken …]" : "]");
    }
}
