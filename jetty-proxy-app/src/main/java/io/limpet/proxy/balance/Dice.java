package io.limpet.proxy.balance;

import io.limpet.proxy.node.Nodes;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** Draws with chances like weights. */
final class Dice {

    private final DoubleSupplier random;

    /** @param random numbers from 0 to below 1 */
    Dice(DoubleSupplier random) {
        this.random = random;
    }

    double roll() {
        return random.getAsDouble();
    }

    /** The position of one of them, of which there is at least one. */
    int draw(List<Nodes.Member> members, ToDoubleFunction<Nodes.Member> weight) {
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
