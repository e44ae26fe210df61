package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.failover.protocol.SessionRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Nodes with two versions of one of the application's classes, as while an application is upgraded node by node. */
class TwoClassVersionsTest {

    private static final String NAME = "io.limpet.failover.version.Cart";

    /** The versions of the class; the second one has a field more, the third one is not compatible. */
    private static final String[] SOURCES = {
        cart(1, "", "\"\""), cart(1, "public String note;", "\" \" + note"), cart(2, "public int amount;", "amount")
    };

    private static String cart(long version, String field, String shown) {
        return """
                package io.limpet.failover.version;
                public class Cart implements java.io.Serializable {
                    private static final long serialVersionUID = %d;
                    public String item;
                    %s
                    public Cart(String item) { this.item = item; }
                    public String toString() { return item + %s; }
                }
                """.formatted(version, field, shown);
    }

    private final ClassLoader original = new CompiledClasses(NAME, SOURCES[0]);
    private final ClassLoader extended = new CompiledClasses(NAME, SOURCES[1]);
    private final ClassLoader incompatible = new CompiledClasses(NAME, SOURCES[2]);

    private final InMemorySessionStore store = new InMemorySessionStore();
    private final List<FakeNode> nodes = new ArrayList<>();

    @AutoClose
    private final LoggedLines log = LoggedLines.of(AttributeWriter.class);

    @AfterEach
    void close() {
        nodes.forEach(FakeNode::close);
    }

    private FakeNode node(String name, ClassLoader application) {
        FakeNode node = new FakeNode(name, store, Clock.systemUTC(), application);
        nodes.add(node);
        return node;
    }

    private static Object newCart(ClassLoader application, String item) throws ReflectiveOperationException {
        return application.loadClass(NAME).getConstructor(String.class).newInstance(item);
    }

    /** The id of a session of n1, which has the original class, with a cart. */
    private String sessionWithCart(FakeNode n1) throws ReflectiveOperationException {
        FakeNode.Request request =
                n1.fresh().set("cart", newCart(original, "rope")).set("user", "ann");
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        return request.session().getId();
    }

    @Test
    void aFieldMoreIsReadByBothVersions() throws Exception {
        String id = sessionWithCart(node("n1", original));

        FakeNode.Request upgraded = node("n2", extended).foreign(id);
        assertThat(upgraded.get("cart")).hasToString("rope null");
        assertThat(upgraded.set("cart", newCart(extended, "net")).save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(node("n3", original).foreign(id).get("cart")).hasToString("net");
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void whoOnlyReadsTheValueTakesNothingAwayThatItsVersionDoesNotKnow() throws Exception {
        String id = sessionWithCart(node("n1", original));
        FakeNode.Request upgraded = node("n2", extended).foreign(id);
        Object cart = newCart(extended, "net");
        cart.getClass().getField("note").set(cart, "fragile");
        assertThat(upgraded.set("cart", cart).save()).isEqualTo(SaveOutcome.SAVED);

        FakeNode.Request reader = node("n3", original).foreign(id);
        assertThat(reader.get("cart")).hasToString("net");
        assertThat(reader.save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(node("n4", extended).foreign(id).get("cart")).hasToString("net fragile");
    }

    @Test
    void aValueThatCannotBeReadIsAbsentAndReportedOnce() throws Exception {
        FakeNode n1 = node("n1", original);
        FakeNode n2 = node("n2", incompatible);
        FakeNode.Request upgraded = n2.foreign(sessionWithCart(n1));

        assertThat(upgraded.get("user")).isEqualTo("ann");
        assertThat(upgraded.session().getAttribute("cart")).isNull();
        assertThat(log.messages()).singleElement().asString().contains("'cart'", "absent", "kept in the store");

        assertThat(upgraded.save()).isEqualTo(SaveOutcome.SAVED);
        n2.foreign(sessionWithCart(n1));
        assertThat(log.messages()).hasSize(1);
    }

    @Test
    void whatANodeCouldNotReadIsReadByANodeOfTheOldVersionAfterItHasSaved() throws Exception {
        FakeNode n1 = node("n1", original);
        String id = sessionWithCart(n1);
        byte[] written = cartIn(id);

        FakeNode.Request upgraded = node("n2", incompatible).foreign(id);
        assertThat(upgraded.set("user", "bob").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(cartIn(id)).isEqualTo(written);
        FakeNode.Request old = node("n3", original).foreign(id);
        assertThat(old.get("cart")).hasToString("rope");
        assertThat(old.get("user")).isEqualTo("bob");
        FakeNode.Request first = n1.foreign(upgraded.session().getId());
        assertThat(first.get("cart")).hasToString("rope");
    }

    @Test
    void itIsStillThereWhenTheStoreHadToBeSentTheWholeSession() throws Exception {
        String id = sessionWithCart(node("n1", original));
        FakeNode n2 = node("n2", incompatible);
        FakeSession upgraded = n2.foreign(id).session();
        store.lose(id);

        assertThat(n2.own(upgraded).set("user", "bob").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(node("n3", original).foreign(id).get("cart")).hasToString("rope");
    }

    @Test
    void itFollowsTheSessionToTheIdThatALoginGaveIt() throws Exception {
        String id = sessionWithCart(node("n1", original));
        FakeNode n2 = node("n2", incompatible);
        FakeNode.Request login = n2.foreign(id);
        String before = login.session().getId();
        login.session().rename("n2-after-login");
        n2.replication.idChanged(login.session(), before);
        assertThat(login.set("user", "bob").save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(node("n3", original).foreign("n2-after-login").get("cart")).hasToString("rope");
    }

    @Test
    void aNewValueOfTheNewVersionTakesItsPlace() throws Exception {
        String id = sessionWithCart(node("n1", original));
        FakeNode.Request upgraded = node("n2", incompatible).foreign(id);
        assertThat(upgraded.set("cart", newCart(incompatible, "net")).save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(node("n3", original).foreign(id).session().getAttribute("cart"))
                .isNull();
        assertThat(node("n4", incompatible).foreign(id).get("cart")).hasToString("net0");
    }

    private byte[] cartIn(String key) {
        SessionRecord record = (SessionRecord) Objects.requireNonNull(store.peek(key));
        return Objects.requireNonNull(record.attributes().get("cart")).bytes();
    }
}
