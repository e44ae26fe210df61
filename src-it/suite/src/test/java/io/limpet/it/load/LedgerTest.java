package io.limpet.it.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger<String> ledger = new Ledger<>();

    @BeforeEach
    void twoWereAcknowledged() {
        ledger.acknowledge("cart", "mug");
        ledger.acknowledge("cart", "bucket");
    }

    @Test
    void aCartWithAllThatWasAcknowledgedIsRight() {
        assertThat(ledger.wrongs("cart", List.of("mug", "bucket"))).isEmpty();
    }

    @Test
    void anAcknowledgedItemThatIsNotInIsALoss() {
        assertThat(ledger.wrongs("cart", List.of("bucket"))).containsExactly("lost mug");
        assertThat(ledger.wrongs("cart", List.of())).containsExactly("lost mug", "lost bucket");
    }

    @Test
    void anItemThatIsInTwiceWasExecutedTwice() {
        assertThat(ledger.wrongs("cart", List.of("mug", "bucket", "mug"))).containsExactly("twice mug");
    }

    @Test
    void anItemWhoseAnswerDiedWithTheNodeMayBeIn() {
        assertThat(ledger.wrongs("cart", List.of("mug", "bucket", "spyglass"))).isEmpty();
    }

    @Test
    void oneCartsPromisesAreNotAnothers() {
        ledger.acknowledge("other", "spyglass");

        assertThat(ledger.wrongs("other", List.of("mug"))).containsExactly("lost spyglass");
        assertThat(ledger.carts()).containsExactlyInAnyOrder("cart", "other");
        assertThat(ledger.count()).isEqualTo(3);
    }
}
