package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.protocol.EntryFormat;
import io.limpet.failover.protocol.Pointer;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.Stamp;
import io.limpet.failover.protocol.StoredAttribute;
import io.limpet.failover.protocol.Tombstone;
import io.limpet.filter.TwoTomcats.Answer;
import io.limpet.route.Route;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A record that is corrupt, truncated or hostile costs its session at most: never a 500, and what follows works. */
@Timeout(60)
class DamagedStoreTest {

    /** One request learns of the damage, and one may be refused for what the last one did; then it is over. */
    private static final int PATIENCE = 3;

    @SuppressWarnings("NullAway.Init") // before all
    private static TwoTomcats nodes;

    @BeforeAll
    static void start(@TempDir Path work) {
        nodes = new TwoTomcats(work);
    }

    @AfterAll
    static void stop() throws LifecycleException {
        nodes.close();
    }

    static Stream<Arguments> damages() {
        return Damage.all().map(it -> Arguments.of(it.name(), it.change()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void whoeverTakesTheSessionOverServesItOrANewOne(String name, UnaryOperator<byte[]> damage) {
        String id = sessionOfN1();
        nodes.store(id, damage.apply(nodes.stored(id)));
        assertServes("n2", id);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void theOwnerServesItsOwnCopyOrWhatIsLeft(String name, UnaryOperator<byte[]> damage) {
        String id = sessionOfN1();
        nodes.store(id, damage.apply(nodes.stored(id)));
        assertServes("n1", id);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void theOwnerTakesBackWhatIsSaidToBeAnothers(String name, UnaryOperator<byte[]> damage) {
        String id = sessionOfN1();
        SessionRecord good = Damage.recordIn(nodes.stored(id));
        SessionRecord others = new SessionRecord(
                new Route("n9"),
                good.epoch() + (1L << 40),
                1,
                good.ids(),
                good.creationTime(),
                good.lastAccess(),
                1800,
                good.attributes());
        nodes.store(id, damage.apply(EntryFormat.encode(others)));
        assertServes("n1", id);
    }

    @Test
    void pointersThatLeadInACircleLeadNowhere() {
        nodes.store("circle-a", EntryFormat.encode(new Pointer("circle-b")));
        nodes.store("circle-b", EntryFormat.encode(new Pointer("circle-a")));
        nodes.store("circle", EntryFormat.encode(new Pointer("circle")));
        assertServes("n2", "circle-a");
        assertServes("n2", "circle");
    }

    @Test
    void whoHasASessionWhoseRecordBecameACircleGoesOn() {
        String id = sessionOfN1();
        nodes.store(id, EntryFormat.encode(new Pointer(id)));
        assertServes("n1", id);
    }

    @Test
    void aTombstoneOfTheEndOfTimeEndsItsSessionAndNoOther() {
        String id = sessionOfN1();
        nodes.store(id, EntryFormat.encode(new Tombstone(Long.MAX_VALUE, Long.MAX_VALUE)));
        assertServes("n2", id);
    }

    @Test
    void noClassIsInstantiatedThatIsNotAllowed() {
        String id = sessionOfN1();
        SessionRecord good = Damage.recordIn(nodes.stored(id));
        Map<String, StoredAttribute> attributes = new LinkedHashMap<>(good.attributes());
        attributes.put(
                "gadget", new StoredAttribute(Damage.serialized(new Damage.Gadget()), new Stamp(good.epoch(), 1)));
        nodes.store(
                id,
                EntryFormat.encode(new SessionRecord(
                        good.owner(), good.epoch(), 1, good.ids(), 0, good.lastAccess(), 1800, attributes)));

        assertThat(nodes.ask("n2", id, "").body()).as("the rest is there").isEqualTo("rope");
        assertThat(Damage.Gadget.MADE).hasValue(0);
    }

    private static String sessionOfN1() {
        Answer answer = nodes.ask("n1", "", "set=rope");
        assertThat(answer.status()).isEqualTo(200);
        return answer.id();
    }

    /** The client is served, keeps what it changes from now on on either node, and so does everybody else. */
    private static void assertServes(String node, String id) {
        Answer first = nodes.ask(node, id, "");
        assertThat(first.status()).as("%s", first).isIn(200, 503);
        String now = assertKeeps(node, first.id());
        assertKeeps(node.equals("n1") ? "n2" : "n1", now);
        assertThat(nodes.ask("n2", sessionOfN1(), "").body())
                .as("another session")
                .isEqualTo("rope");
    }

    private static String assertKeeps(String node, String id) {
        Answer answer = nodes.ask(node, id, "set=net");
        for (int i = 0; i < PATIENCE && answer.status() == 503; i++) {
            answer = nodes.ask(node, answer.id(), "set=net");
        }
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        Answer kept = nodes.ask(node, answer.id(), "");
        assertThat(kept.body()).as("%s", kept).isEqualTo("net");
        return answer.id();
    }
}
