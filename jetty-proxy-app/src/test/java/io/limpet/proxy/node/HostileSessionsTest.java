package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.PlainRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The number of tries is the system property {@code limpet.fuzz}; the seed of a run is in every failure's message. */
class HostileSessionsTest {

    private static final int TRIES = Integer.getInteger("limpet.fuzz", 1_000_000);
    private static final long SEED = Long.getLong("limpet.fuzz.seed", System.nanoTime());
    private static final String CHARACTERS = ".n123x;=\" \0\u00ff%/,";

    private final Random random = new Random(SEED);

    @Test
    @Timeout(120)
    void whateverAClientPresentsANodeServesAndAnOwnerOnlyByItsName() {
        NodeChooser chooser = new NodeChooser(new PlainRoutes());
        Nodes nodes = Members.down(Members.ready("n1", "n2", "n3"), "n2");
        for (int i = 0; i < TRIES; i++) {
            Presented presented = new Presented(values(), values());
            Choice choice = chooser.choose(presented, nodes, List.of());
            boolean known = choice instanceof Choice.Served served
                    && !served.node().toString().equals("n2")
                    && (choice.reason() != Reason.OWNER || names(served, presented));
            if (!known) {
                assertThat(presented).as("%s; seed %d", choice, SEED).isNull();
            }
        }
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                value.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            values.add(random.nextBoolean() ? value + ".n" + random.nextInt(5) : value.toString());
        }
        return values;
    }

    /** What the owner gets is what was presented without its own name. */
    private static boolean names(Choice.Served owner, Presented presented) {
        String value = owner.session().value();
        String written = presented.values().get(owner.session().position());
        return !value.isEmpty() && written.equals(value + "." + owner.node());
    }
}
