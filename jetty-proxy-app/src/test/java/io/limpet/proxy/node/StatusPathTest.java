package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPathTest {

    @ParameterizedTest
    @CsvSource({
        "'', /limpet/status",
        "/shop, /shop/limpet/status",
        "/shop/desk, /shop/desk/limpet/status",
        "/two words, /two%20words/limpet/status",
        "/two%20words, /two%20words/limpet/status",
        "/größe, /gr%C3%B6%C3%9Fe/limpet/status",
        "/100%, /100%25/limpet/status",
        "/a%2, /a%252/limpet/status",
        "/a?b#c;d, /a%3Fb%23c%3Bd/limpet/status",
    })
    void itIsAskedForAsAPathHoweverTheContainerTellsIt(String context, String path) {
        assertThat(StatusPath.of(context)).contains(path);
    }

    @Test
    void noContextPathEndsTheRequestLine() {
        assertThat(StatusPath.of("/a b HTTP/1.1\r\nX: y")).contains("/a%20b%20HTTP/1.1%0D%0AX:%20y/limpet/status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "/", "/shop/", "//shop", "/shop//desk", "/..", "/shop/../desk", "/./shop"})
    void whatIsNoContextPathIsNotAskedFor(String context) {
        assertThat(StatusPath.of(context)).isEmpty();
    }
}
