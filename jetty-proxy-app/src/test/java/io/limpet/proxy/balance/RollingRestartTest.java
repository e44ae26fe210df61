package io.limpet.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.Balance;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeReport;
import io.limpet.proxy.node.Nodes;
import io.limpet.route.Route;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Four nodes with ten thousand sessions, restarted one after the other; sessions that end make room for new ones. */
class RollingRestartTest {

    private static final int NODES = 4;
    private static final int SESSIONS = 10_000;

    private final Random random = new Random(11);
    private final Balance balance =
            Balancing.TWO_CHOICES.with(Duration.ofSeconds(30), random::nextDouble, System::nanoTime);
    private Nodes nodes = Nodes.startingWith(IntStream.range(0, NODES)
            .mapToObj(i -> new Node(new Route("n" + i), URI.create("http://127.0.0.1:" + (8000 + i))))
            .toList());
    private final int[] live = new int[NODES];
    private final List<Integer> owners = new ArrayList<>();

    private int draw(int without) {
        List<Nodes.Member> ready = new ArrayList<>(nodes.all());
        ready.removeIf(member -> indexOf(member) == without);
        return indexOf(balance.draw(ready));
    }

    private static int indexOf(Nodes.Member member) {
        return member.node().uri().getPort() - 8000;
    }

    private void count(int node, int more) {
        live[node] += more;
        nodes = nodes.with(new Route("n" + node), NodeReport.of(live[node], 0, true, 0));
    }

    /** Some sessions end, and as many begin. */
    private void pass(int sessions, int without) {
        for (int i = 0; i < sessions; i++) {
            int ended = random.nextInt(owners.size());
            count(owners.get(ended), -1);
            int node = draw(without);
            owners.set(ended, node);
            count(node, 1);
        }
    }

    /** Each session of the node moves to one of the others, as hashing has it. */
    private void leave(int node) {
        for (int i = 0; i < owners.size(); i++) {
            if (owners.get(i) == node) {
                int other = (node + 1 + random.nextInt(NODES - 1)) % NODES;
                owners.set(i, other);
                count(node, -1);
                count(other, 1);
            }
        }
    }

    private double imbalance() {
        return IntStream.of(live).max().orElseThrow() / ((double) SESSIONS / NODES);
    }

    @Test
    void newSessionsEvenTheNodesOutWhenHalfOfTheOldOnesHaveEnded() {
        for (int i = 0; i < SESSIONS; i++) {
            int node = draw(-1);
            owners.add(node);
            count(node, 1);
        }
        assertThat(imbalance()).isLessThan(1.02);
        for (int node = 0; node < NODES; node++) {
            leave(node);
            pass(SESSIONS / 100, node);
        }
        assertThat(imbalance()).isGreaterThan(1.3);

        pass(SESSIONS / 2, -1);

        assertThat(imbalance()).isLessThan(1.15);
    }
}
