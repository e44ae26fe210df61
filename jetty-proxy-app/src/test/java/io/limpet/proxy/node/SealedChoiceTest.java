package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.Route;
import io.limpet.route.SealedRoutes;
import io.limpet.route.Secret;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedChoiceTest {

    private static final Route N1 = new Route("n1");
    private static final Route N2 = new Route("n2");

    private final SealedRoutes routes =
            new SealedRoutes(List.of(new Secret("the secret of this year")), List.of(N1, N2));
    private final NodeChooser chooser = new NodeChooser(routes);
    private final Nodes nodes = new NodeHealth(
                    List.of(
                            new Node(N1, URI.create("http://127.0.0.1:1")),
                            new Node(N2, URI.create("http://127.0.0.1:2"))),
                    new Thresholds(1, 1))
            .nodes();

    private Choice choose(String... cookies) {
        return chooser.choose(new Presented(List.of(cookies), List.of()), nodes, List.of());
    }

    @Test
    void aSealedRouteLeadsToItsNode() {
        assertThat(choose(routes.tag("4F2A", N2))).isInstanceOfSatisfying(Choice.Owner.class, owner -> {
            assertThat(owner.node().route()).isEqualTo(N2);
            assertThat(owner.session().value()).isEqualTo("4F2A");
        });
        assertThat(chooser.forged().count()).isZero();
    }

    @Test
    void aTransplantedSegmentIsNoRouteAndIsCounted() {
        String victim = routes.tag("4F2A", N2);
        assertThat(choose("77AA" + victim.substring(4))).isInstanceOf(Choice.Fresh.class);
        assertThat(chooser.forged().count()).isEqualTo(1);
    }

    @Test
    void anyFlippedCharacterIsNoRouteAndIsCounted() {
        String genuine = routes.tag("4F2A", N2);
        for (int at = 5; at < genuine.length(); at++) {
            char flipped = genuine.charAt(at) == 'A' ? 'B' : 'A';
            assertThat(choose(genuine.substring(0, at) + flipped + genuine.substring(at + 1)))
                    .isInstanceOf(Choice.Fresh.class);
            assertThat(chooser.forged().count()).isEqualTo(at - 4);
        }
    }

    @Test
    void aForgedCookieBehindTheGenuineOneIsCounted() {
        String genuine = routes.tag("4F2A", N2);
        assertThat(choose(genuine, "77AA" + genuine.substring(4))).isInstanceOf(Choice.Owner.class);
        assertThat(chooser.forged().count()).isEqualTo(1);
    }

    @Test
    void aForgedCookieInFrontDoesNotHideTheOneOfADeadNode() {
        Nodes withDead = Members.down(Members.ready("n1", "n2"), "n2");
        String genuine = routes.tag("4F2A", N2);
        assertThat(chooser.choose(
                        new Presented(List.of("77AA" + genuine.substring(4), genuine), List.of()), withDead, List.of()))
                .isInstanceOfSatisfying(
                        Choice.Takeover.class,
                        takeover -> assertThat(takeover.session().value()).isEqualTo("4F2A"));
    }

    @Test
    void aForgedCookieInFrontDoesNotHideTheGenuineOne() {
        String forged = routes.tag("4F2A", N1).replace('.', 'x') + ".n1";
        assertThat(choose(forged, "77AA" + routes.tag("4F2A", N1).substring(4), routes.tag("4F2A", N2)))
                .isInstanceOfSatisfying(
                        Choice.Owner.class,
                        owner -> assertThat(owner.node().route()).isEqualTo(N2));
    }

    @Test
    void aRouteInClearTextIsNoRouteWhenRoutesAreSealed() {
        assertThat(choose("4F2A.n2")).isInstanceOf(Choice.Fresh.class);
    }
}
