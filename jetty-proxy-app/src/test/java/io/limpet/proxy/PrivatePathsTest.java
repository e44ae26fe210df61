package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The spellings are in the attacks' file {@code private-paths.txt}; here is what must pass. */
class PrivatePathsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "*",
                "/limpet",
                "/limpet/",
                "/limpet/statuses",
                "/limpet/status-page",
                "/limpet/drainage",
                "/limpets/status",
                "/status",
                "/limpet/shop/status",
                "/shop/limpet/basket",
                "/a%20b/%C3%BC",
                "/100%25",
                "/a%2520b"
            })
    void anApplicationsOwnPathsPass(String path) {
        assertThat(PrivatePaths.include(path)).isFalse();
    }

    @Test
    void whatIsEncodedWithoutEndIsRefused() {
        assertThat(PrivatePaths.include("/%2525252525252573")).isTrue();
        assertThat(PrivatePaths.include(null)).isFalse();
    }
}
