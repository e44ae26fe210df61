package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberAddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:5702, 127.0.0.1, 5702",
        "127.0.0.1, 127.0.0.1, 5701",
        "' shop-1.shop:5701 ', shop-1.shop, 5701",
        "[::1]:5703, ::1, 5703",
        "[fe80::1], fe80::1, 5701"
    })
    void anAddressIsAHostAndPerhapsAPort(String text, String host, int port) {
        assertThat(MemberAddress.parse(text)).isEqualTo(new MemberAddress(host, port));
    }

    @Test
    void aListMayHaveEmptyItems() {
        assertThat(MemberAddress.parseList("127.0.0.1:5701, 127.0.0.1:5702,"))
                .extracting(MemberAddress::toString)
                .containsExactly("127.0.0.1:5701", "127.0.0.1:5702");
        assertThat(MemberAddress.parseList("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":5701", "a:b", "a:0", "a:70000", "::1", "[::1:5701", "]a[:1", "http://a:1", "a b:1"})
    void anythingElseIsRefusedWithWhatToWrite(String text) {
        assertThatThrownBy(() -> MemberAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyMistakeInAListIsReportedAtOnce() {
        assertThatThrownBy(() -> MemberAddress.parseList("a:b, good:1, c:99999"))
                .hasMessageContaining("'a:b'")
                .hasMessageContaining("'c'");
    }

    @Test
    void anAddressIsWrittenAsItIsRead() {
        for (String text : new String[] {"127.0.0.1:5701", "[::1]:5702"}) {
            assertThat(MemberAddress.parse(text)).hasToString(text);
        }
    }
}
