package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RendezvousTest {

    private static String highest(List<Nodes.Member> members, int session) {
        return Rendezvous.highest(members, session(session)).node().toString();
    }

    /** Like a container's: hexadecimal digits, here of a counter, which is the hard case for a hash. */
    private static String session(int i) {
        return String.format("%032X", i);
    }

    private static List<Nodes.Member> members(String... names) {
        return new ArrayList<>(Members.ready(names).all());
    }

    /** The figures come from an implementation in another language. */
    @Test
    void theHashIsPartOfTheProtocolAndNeverChanges() {
        assertThat(Rendezvous.weight("4F2A", "n1")).isEqualTo(-1877172671191973350L);
        assertThat(Rendezvous.weight("4F2A", "n2")).isEqualTo(1627608544420357687L);
        assertThat(Rendezvous.weight("", "n1")).isEqualTo(4615412779805583916L);
        assertThat(Rendezvous.weight("s\u00e9\u20ac", "n1")).isEqualTo(-6719005632300344432L);
    }

    @Test
    void whereTheNameBeginsMatters() {
        assertThat(Rendezvous.weight("ab", "c")).isNotEqualTo(Rendezvous.weight("a", "bc"));
    }

    @Test
    void sessionsSpreadEvenly() {
        List<Nodes.Member> members = members("n1", "n2", "n3", "n4", "n5");
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            counts.merge(highest(members, i), 1, Integer::sum);
        }
        assertThat(counts.values())
                .hasSize(5)
                .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
    }

    @Test
    void whenANodeLeavesOnlyItsSessionsMoveAndTheySpreadEvenly() {
        List<Nodes.Member> before = members("n1", "n2", "n3", "n4");
        List<Nodes.Member> after = members("n1", "n2", "n4");
        Map<String, Integer> moved = new HashMap<>();
        for (int i = 0; i < 40_000; i++) {
            String old = highest(before, i);
            String now = highest(after, i);
            if (old.equals("n3")) {
                moved.merge(now, 1, Integer::sum);
            } else {
                assertThat(now).isEqualTo(old);
            }
        }
        assertThat(moved.values())
                .hasSize(3)
                .allSatisfy(count -> assertThat(count).isBetween(3_100, 3_600));
    }
}
