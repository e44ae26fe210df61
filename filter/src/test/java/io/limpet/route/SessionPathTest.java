package io.limpet.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPathTest {

    private static final List<String> NAMES = List.of("jsessionid");

    private static String strip(String url) {
        return SessionPath.rewrite(url, NAMES, value -> value.replace(".n1", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "/cart;jsessionid=4F2A.n1, 4F2A.n1, /cart;jsessionid=4F2A",
        "/cart;jsessionid=4F2A.n1?a=b;jsessionid=x.n1, 4F2A.n1, /cart;jsessionid=4F2A?a=b;jsessionid=x.n1",
        "/a;x=y;jsessionid=4F2A.n1;z/b#f, 4F2A.n1, /a;x=y;jsessionid=4F2A;z/b#f",
        "/a;jsessionid=4F2A.n1/b, 4F2A.n1, /a;jsessionid=4F2A/b",
        "https://h:8080/a;jsessionid=1.n1?q, 1.n1, https://h:8080/a;jsessionid=1?q",
        ";jsessionid=1.n1, 1.n1, ;jsessionid=1"
    })
    void theParameterOfThePathIsFoundAndRewrittenAlone(String url, String value, String rewritten) {
        assertThat(SessionPath.values(url, NAMES)).containsExactly(value);
        assertThat(strip(url)).isEqualTo(rewritten);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "/cart",
                "/cart?;jsessionid=1.n1",
                "/cart#;jsessionid=1.n1",
                "/jsessionid=1.n1",
                "/cart;jsessionid=",
                "/cart;jsessionid",
                "/cart;JSESSIONID=1.n1",
                "/cart;xjsessionid=1.n1",
                "/cart;jsessionidx=1.n1",
                "/cart;jsessionid=?x=1.n1",
                ";",
                ";;;"
            })
    void aUrlWithoutItStaysAsItIs(String url) {
        assertThat(SessionPath.values(url, NAMES)).isEmpty();
        assertThat(strip(url)).isEqualTo(url);
    }

    @Test
    void ofSeveralTheLastOneIsRewrittenAndAnyOneMayBeLeft() {
        String url = "/a;jsessionid=1.n1;x=y/b;jsessionid=2.n1;jsessionid=?q=;jsessionid=3";

        assertThat(SessionPath.values(url, NAMES)).containsExactly("2.n1", "1.n1");
        assertThat(strip(url)).isEqualTo("/a;jsessionid=1.n1;x=y/b;jsessionid=2;jsessionid=?q=;jsessionid=3");
        assertThat(SessionPath.rewriteAll(url, NAMES, value -> "new"))
                .isEqualTo("/a;jsessionid=new;x=y/b;jsessionid=new;jsessionid=?q=;jsessionid=3");
        assertThat(SessionPath.keepOnly(url, NAMES, 0, "2")).isEqualTo("/a;x=y/b;jsessionid=2?q=;jsessionid=3");
        assertThat(SessionPath.keepOnly(url, NAMES, 1, "1")).isEqualTo("/a;jsessionid=1;x=y/b?q=;jsessionid=3");
    }

    @Test
    void theParameterMayBeNamedAfterTheCookie() {
        assertThat(SessionPath.parameters("JSESSIONID")).containsExactly("jsessionid", "JSESSIONID");
        assertThat(SessionPath.rewrite("/a;ShopSID=1?x", SessionPath.parameters("ShopSID"), id -> id + ".n1"))
                .isEqualTo("/a;ShopSID=1.n1?x");
        assertThat(SessionPath.rewrite("/a;shopsid=1", SessionPath.parameters("ShopSID"), id -> id + ".n1"))
                .isEqualTo("/a;shopsid=1.n1");
    }
}
