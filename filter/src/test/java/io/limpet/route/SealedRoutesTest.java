package io.limpet.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SealedRoutesTest {

    private static final Route N1 = new Route("n1");
    private static final Route N2 = new Route("n2");
    private static final Secret OLD = new Secret("the secret of last year");
    private static final Secret NEW = new Secret("the secret of this year");

    private final SealedRoutes routes = new SealedRoutes(List.of(OLD), List.of(N1, N2));

    @Test
    void aSealedRouteIsReadBack() {
        String tagged = routes.tag("4F2A", N1);
        assertThat(tagged).matches("4F2A\\.[A-Za-z0-9_-]{25}").doesNotContain("n1");
        assertThat(routes.decode(tagged)).contains(new Tagged("4F2A", N1));
        assertThat(routes.isForged(tagged)).isFalse();
    }

    @Test
    void anySingleChangedCharacterIsNoRouteAndCountsAsForged() {
        String tagged = routes.tag("node0ab1.node0", N1);
        int dot = tagged.lastIndexOf('.');
        for (int i = 0; i < tagged.length(); i++) {
            if (i == dot) {
                continue;
            }
            char other = tagged.charAt(i) == 'A' ? 'B' : 'A';
            String changed = tagged.substring(0, i) + other + tagged.substring(i + 1);
            assertThat(routes.decode(changed)).as(changed).isEmpty();
            assertThat(routes.isForged(changed)).as(changed).isTrue();
        }
    }

    @Test
    void aSegmentOfAnotherSessionIsNoRoute() {
        String victim = routes.tag("4F2A", N1);
        String transplanted = "77AA" + victim.substring(victim.indexOf('.'));
        assertThat(routes.decode(transplanted)).isEmpty();
        assertThat(routes.isForged(transplanted)).isTrue();
    }

    @Test
    void aRouteInClearTextIsNoRouteAndNotForgedEither() {
        assertThat(routes.decode("4F2A.n1")).isEmpty();
        assertThat(routes.isForged("4F2A.n1")).isFalse();
    }

    @Test
    void aRotationOfSecretsLosesNoRoute() {
        SealedRoutes before = routes;
        SealedRoutes both = new SealedRoutes(List.of(OLD, NEW), List.of(N1));
        SealedRoutes turned = new SealedRoutes(List.of(NEW, OLD), List.of(N1));
        SealedRoutes after = new SealedRoutes(List.of(NEW), List.of(N1));
        Tagged expected = new Tagged("4F2A", N1);
        assertThat(both.decode(before.tag("4F2A", N1))).contains(expected);
        assertThat(before.decode(both.tag("4F2A", N1))).contains(expected);
        assertThat(turned.decode(both.tag("4F2A", N1))).contains(expected);
        assertThat(both.decode(turned.tag("4F2A", N1))).contains(expected);
        assertThat(after.decode(turned.tag("4F2A", N1))).contains(expected);
        assertThat(after.decode(before.tag("4F2A", N1))).isEmpty();
    }

    @Test
    void aSealedRouteOfANodeThatIsGoneIsGenuineButNoRoute() {
        String tagged = routes.tag("4F2A", new Route("n9"));
        assertThat(routes.decode(tagged)).isEmpty();
        assertThat(routes.isForged(tagged)).isFalse();
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> Secret.parseList("short")).hasMessageContaining("at least 16");
        assertThatThrownBy(() -> Secret.parseList("0123456789abcdef,0123456789abcdeF,0123456789abcdeX"))
                .hasMessageContaining("3 secrets");
        assertThat(Secret.parseList("0123456789abcdef , 0123456789abcdeF")).hasSize(2);
        assertThat(new Secret("0123456789abcdef").toString()).doesNotContain("0123");
    }

    @Test
    void aRequestIsSealedForItsPathAndForAFewMinutes() {
        RequestSeal seal = new RequestSeal(List.of(NEW, OLD));
        String header = seal.of("/limpet/status", 1_000_000);
        assertThat(seal.isValid(header, "/limpet/status", 1_000_200)).isTrue();
        assertThat(new RequestSeal(List.of(NEW)).isValid(header, "/limpet/status", 999_800))
                .isTrue();
        assertThat(seal.isValid(header, "/limpet/status", 1_000_301)).isFalse();
        assertThat(seal.isValid(header, "/limpet/drain", 1_000_000)).isFalse();
        assertThat(new RequestSeal(List.of(OLD)).isValid(header, "/limpet/status", 1_000_000))
                .isFalse();
        for (String garbage : List.of("", ".", "1000000", "1000000.", "99999999999999999999.x", "-1.x", "1e6.x")) {
            assertThat(seal.isValid(garbage, "/limpet/status", 1_000_000)).isFalse();
        }
    }
}
