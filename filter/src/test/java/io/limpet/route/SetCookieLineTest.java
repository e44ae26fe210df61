package io.limpet.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetCookieLineTest {

    private static String tag(String line) {
        return SetCookieLine.rewrite(line, "JSESSIONID", value -> value + ".n1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JSESSIONID=4F2A | JSESSIONID=4F2A.n1",
                "JSESSIONID=4F2A; Path=/; HttpOnly | JSESSIONID=4F2A.n1; Path=/; HttpOnly",
                "JSESSIONID=4F2A;Path=/;SameSite=Lax;Partitioned | JSESSIONID=4F2A.n1;Path=/;SameSite=Lax;Partitioned",
                "JSESSIONID=\"4F2A\"; Path=/ | JSESSIONID=\"4F2A.n1\"; Path=/",
                "JSESSIONID = 4F2A ; Path=/ | JSESSIONID = 4F2A.n1 ; Path=/",
                "JSESSIONID=node0ab1.node0; Path=/ | JSESSIONID=node0ab1.node0.n1; Path=/",
                "JSESSIONID=a=b; Path=/ | JSESSIONID=a=b.n1; Path=/",
                "JSESSIONID=x; Comment=\"JSESSIONID=y\" | JSESSIONID=x.n1; Comment=\"JSESSIONID=y\"",
            })
    void onlyTheValueChanges(String line, String tagged) {
        assertThat(tag(line)).isEqualTo(tagged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "JSESSIONID",
                "JSESSIONID=",
                "JSESSIONID=; Max-Age=0",
                "JSESSIONID=\"\"; Max-Age=0",
                "JSESSIONID ; x=y",
                "jsessionid=4F2A",
                "JSESSIONIDX=4F2A",
                "XJSESSIONID=4F2A",
                "other=JSESSIONID=4F2A",
                "; JSESSIONID=4F2A",
                "=JSESSIONID",
                "JSESSIONID=\""
            })
    void anotherCookieAndADeletionStayAsTheyAre(String line) {
        assertThat(tag(line)).isEqualTo(line);
        assertThat(SetCookieLine.value(line, "JSESSIONID")).isEmpty();
    }

    @Test
    void theValueIsWithoutQuotationMarksAndAttributes() {
        assertThat(SetCookieLine.value("JSESSIONID=\"4F2A.n1\"; Path=/", "JSESSIONID"))
                .contains("4F2A.n1");
        assertThat(SetCookieLine.value("sid=4F2A", "sid")).contains("4F2A");
    }
}
