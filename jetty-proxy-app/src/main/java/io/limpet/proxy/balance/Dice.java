package io.limpet.proxy.balance;

import io.limpet.proxy.node.Nodes;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Draws with chances like weights, and without a look at all nodes: any of them is drawn, and taken with the chance that
 * its weight gives it beside the heaviest.
 */
final class Dice {

    /** Where hardly any node has the weight of the heaviest, all are looked at after so many draws in vain. */
    private static final int DRAWS = 16;

    /** The nodes of a snapshot are the same list until the next one. */
    private record Heaviest(List<Nodes.Member> members, int weight) {

        static Heaviest of(List<Nodes.Member> members) {
            return new Heaviest(
                    members,
                    members.stream()
                            .mapToInt(member -> member.node().weight())
                            .max()
                            .orElse(1));
        }
    }

    private final DoubleSupplier random;
    private volatile Heaviest heaviest = new Heaviest(List.of(), 1);

    /** @param random numbers from 0 to below 1 */
    Dice(DoubleSupplier random) {
        this.random = random;
    }

    double roll() {
        return random.getAsDouble();
    }

    /**
     * The position of one of them, of which there is at least one.
     *
     * @param weight from 0 to the node's own; not 0 for all
     */
    int draw(List<Nodes.Member> members, ToDoubleFunction<Nodes.Member> weight) {
        int most = most(members);
        for (int i = 0; i < DRAWS; i++) {
            int drawn = (int) (roll() * members.size());
            double chance = weight.applyAsDouble(members.get(drawn));
            if (chance >= most || roll() * most < chance) {
                return drawn;
            }
        }
        return drawOfAll(members, weight);
    }

    @SuppressWarnings("ReferenceEquality")
    private int most(List<Nodes.Member> members) {
        Heaviest known = heaviest;
        // the same list, not an equal one: to compare them would be the look at all that is to be saved
        if (known.members() != members) {
            known = Heaviest.of(members);
            heaviest = known;
        }
        return known.weight();
    }

    private int drawOfAll(List<Nodes.Member> members, ToDoubleFunction<Nodes.Member> weight) {
        double total = 0;
        for (Nodes.Member member : members) {
            total += weight.applyAsDouble(member);
        }
        double rest = roll() * total;
        for (int i = 0; i < members.size() - 1; i++) {
            rest -= weight.applyAsDouble(members.get(i));
            if (rest < 0) {
                return i;
            }
        }
        return members.size() - 1;
    }
}
