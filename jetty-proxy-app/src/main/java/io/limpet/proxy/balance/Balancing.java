package io.limpet.proxy.balance;

import io.limpet.proxy.node.Balance;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** The ways in which new sessions find a node: the words of {@code balance}. */
public enum Balancing {
    /** Of two nodes drawn at random the less loaded one. */
    TWO_CHOICES("two-choices"),
    /** One after the other. */
    ROUND_ROBIN("round-robin"),
    /** The one with the fewest requests in flight. */
    LEAST_REQUESTS("least-requests"),
    /** At random, with chances like the nodes' weights. */
    WEIGHTED("weighted");

    private final String label;

    Balancing(String label) {
        this.label = label;
    }

    /** This way, with a node that comes up starting slowly for so long; not at all when the duration is zero. */
    public Balance startingSlowly(Duration slowStart) {
        return with(slowStart, () -> ThreadLocalRandom.current().nextDouble(), System::nanoTime);
    }

    Balance with(Duration slowStart, DoubleSupplier random, LongSupplier nanoClock) {
        SlowStart start = new SlowStart(slowStart, nanoClock);
        Dice dice = new Dice(random);
        return switch (this) {
            case TWO_CHOICES -> new TwoChoices(start, dice);
            case ROUND_ROBIN -> new RoundRobin(start, dice);
            case LEAST_REQUESTS -> new LeastRequests(start, dice);
            case WEIGHTED -> new Weighted(start, dice);
        };
    }

    /** The word in the settings. */
    @Override
    public String toString() {
        return label;
    }
}
