package io.limpet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "16:21:00.123 WARNING io.limpet.filter.LimpetFilter: the store did not answer",
                "16:21:00.123 SEVERE  org.apache.catalina.core.StandardContext: no filter",
                "16:21:00.123 WARN  [qtp-12] NodeHealth - node 'n1' is down",
                "ERROR the proxy cannot listen"
            })
    void aWarningIsRecognisedByItsLevel(String line) {
        assertThat(LogLine.warns(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "16:21:00.123 INFO    org.apache.coyote.AbstractProtocol: Starting",
                "16:21:00.123 INFO    io.limpet.shop.CartServlet: somebody put a thing called WARNING into a basket",
                "16:21:00.123 WARNING com.hazelcast.internal.server.tcp.X: Removing connection to endpoint",
                "\tat io.limpet.demo.ShopNode.main(ShopNode.java)",
                ""
            })
    void everythingElseIsNot(String line) {
        assertThat(LogLine.warns(line)).isFalse();
    }
}
