package io.limpet.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

    @ParameterizedTest
    @ValueSource(strings = {"n1", "a", "Node_7", "eu-west-1", "-", "12345678901234567890123456789012", "1-2-3", "10"})
    void aTokenOfUpTo32CharactersIsARoute(String name) {
        assertThat(new Route(name)).hasToString(name);
        assertThat(Route.parse(name)).contains(new Route(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n.1", "n 1", "n;1", "né", "123456789012345678901234567890123", "n=1", "n/1", "\u0000"})
    void anythingElseIsNoRoute(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Route(name))
                .withMessageContaining("'" + name + "'")
                .withMessageContaining("1-32 characters");
        assertThat(Route.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10-0-0-2", "192_168_1_1", "ip-10-0-0-2", "IP_10_0_0_2", "ip10-0-0-2"})
    void aNameThatShowsAnAddressIsNoRoute(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Route(name)).withMessageContaining("address");
        assertThat(Route.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"shop-1, shop-1", "shop-1.example.org, shop-1", "Shop_1.local, Shop_1", "sh\u00f6p, sh-p"})
    void aHostGivesItsFirstLabel(String host, String route) {
        assertThat(Route.ofHost(host)).hasToString(route);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.2", "ip-10-0-0-2.internal", "::1", "fe80::1", "", ".example.org"})
    void aHostThatShowsAnAddressGivesADigest(String host) {
        assertThat(Route.ofHost(host).name()).matches("node-[0-9a-f]{8}");
    }

    @Test
    void theDigestDiffersFromHostToHostAndNeverChanges() {
        assertThat(Route.ofHost("10.0.0.2")).isEqualTo(Route.ofHost("10.0.0.2"));
        assertThat(Route.ofHost("10.0.0.2")).isNotEqualTo(Route.ofHost("10.0.0.3"));
    }

    @Test
    void aLongHostIsCut() {
        assertThat(Route.ofHost("a".repeat(60)).name()).hasSize(Route.MAX_LENGTH);
    }
}
