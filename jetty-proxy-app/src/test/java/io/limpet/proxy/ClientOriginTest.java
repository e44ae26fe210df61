package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOriginTest {

    private static final ClientOrigin HERE = new ClientOrigin("http", "shop.example", 8080);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a;jsessionid=1",
                "a/b:c",
                "?x=http://other/",
                "#top",
                "../x",
                "http://shop.example:8080",
                "http://shop.example:8080/a",
                "HTTP://Shop.Example:8080?x",
                "//shop.example:8080/a"
            })
    void whatIsRelativeOrHasThisSchemeHostAndPortLeadsBackHere(String location) {
        assertThat(HERE.isTargetOf(location)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://other/a",
                "http://shop.example/a",
                "http://shop.example:80/a",
                "http://shop.example:/a",
                "http://shop.example:808/a",
                "http://shop.example:999999999999/a",
                "https://shop.example:8080/a",
                "http://shop.example:8080@other/a",
                "http://shop.example:8080.other/a",
                "http://shop.example:8080\\@other/a",
                "http://other\\shop.example:8080/a",
                "http:/a",
                "http:a",
                "mailto:shop.example",
                "//other/a",
                "/\\other/a",
                "\\\\other/a",
                " //other/a",
                "http:///a"
            })
    void everythingElseIsSomebodyElses(String location) {
        assertThat(HERE.isTargetOf(location)).isFalse();
    }

    @Test
    void aPortThatIsTheSchemesOwnNeedNotBeWritten() {
        ClientOrigin here = new ClientOrigin("https", "shop.example", 443);
        assertThat(here.isTargetOf("https://shop.example/a")).isTrue();
        assertThat(here.isTargetOf("https://shop.example:443/a")).isTrue();
        assertThat(here.isTargetOf("https://shop.example:80/a")).isFalse();
    }

    @Test
    void anAddressInBracketsIsAHost() {
        ClientOrigin here = new ClientOrigin("http", "[::1]", 8080);
        assertThat(here.isTargetOf("http://[::1]:8080/a")).isTrue();
        assertThat(here.isTargetOf("http://[::2]:8080/a")).isFalse();
    }

    @Test
    void whoeverNamedNoHostIsRedirectedByPathsOnly() {
        ClientOrigin here = new ClientOrigin("http", "", 80);
        assertThat(here.isTargetOf("/a")).isTrue();
        assertThat(here.isTargetOf("http:///a")).isFalse();
    }
}
