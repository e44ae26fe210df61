package io.limpet.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookiesTest {

    private static SessionCookies in(String... lines) {
        return SessionCookies.in(List.of(lines), "JSESSIONID");
    }

    @Test
    void allSessionCookiesOfAllLinesAreFoundInTheirOrder() {
        assertThat(in("a=b; JSESSIONID=1.n1; c=d; JSESSIONID=2", "JSESSIONID=3").values())
                .containsExactly("1.n1", "2", "3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JSESSIONID=1 | 1",
                "JSESSIONID=\"1\" | 1",
                "JSESSIONID = 1 ; a=b | 1",
                ";;JSESSIONID=1;; | 1",
                "a=b;JSESSIONID=1 | 1",
                "JSESSIONID=1=2 | 1=2",
            })
    void spacesAndQuotationMarksAreNotPartOfTheValue(String line, String value) {
        assertThat(in(line).values()).containsExactly(value);
    }

    @ParameterizedTest
    @CsvSource({"jsessionid=1", "JSESSIONIDX=1", "XJSESSIONID=1", "JSESSIONID", "a=JSESSIONID=1", "a=b", "''", ";"})
    void otherCookiesAreNotFound(String line) {
        assertThat(in(line).values()).isEmpty();
    }

    @Test
    void anEmptySessionCookieIsOneToo() {
        assertThat(in("JSESSIONID=; a=b").values()).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSESSIONID= 1", "JSESSIONID=\"1\"", "JSESSIONID\t=\t1 "})
    void theOneThatIsKeptIsWrittenAsItsContainerWroteIt(String line) {
        assertThat(in("a=b;" + line + ";c=d").keepOnly(0, "1")).containsExactly("a=b;JSESSIONID=1;c=d");
    }

    // Undertow and Open Liberty answer 500 to such a cookie
    @ParameterizedTest
    @ValueSource(strings = {"\"", "a\"b", "caf\u00e9.n1", "a b", "a,b.n1", "a\\b", "\u0001", "\u007f"})
    void aSessionCookieThatNoServerMayWriteIsTakenOut(String value) {
        SessionCookies cookies = SessionCookies.in(
                List.of("a=b; JSESSIONID=" + value + "; c=\"d\"", "JSESSIONID=" + value), "JSESSIONID");

        assertThat(cookies.values()).isEmpty();
        assertThat(cookies.lines()).containsExactly("a=b; c=\"d\"");
    }

    @Test
    void aSessionBesideOneThatNoServerMayWriteIsFound() {
        SessionCookies cookies = SessionCookies.in(List.of("JSESSIONID=\"; JSESSIONID=4F2A.n1"), "JSESSIONID");

        assertThat(cookies.values()).containsExactly("4F2A.n1");
        assertThat(cookies.keepOnly(0, "4F2A")).containsExactly("JSESSIONID=4F2A");
    }

    @Test
    void exactlyOneIsKeptAndEverythingElseKeepsItsBytes() {
        SessionCookies cookies = in("a = b;  JSESSIONID=1.n1; c=\"d e\"; JSESSIONID=2.n2;f");

        assertThat(cookies.keepOnly(0, "1")).containsExactly("a = b;  JSESSIONID=1; c=\"d e\";f");
        assertThat(cookies.keepOnly(1, "2")).containsExactly("a = b; c=\"d e\"; JSESSIONID=2;f");
    }

    @Test
    void aRemovedFirstOrLastCookieLeavesNoLooseSeparator() {
        assertThat(in("JSESSIONID=1; JSESSIONID=2; a=b").keepOnly(1, "2")).containsExactly("JSESSIONID=2; a=b");
        assertThat(in("a=b; JSESSIONID=1; JSESSIONID=2").keepOnly(0, "1")).containsExactly("a=b; JSESSIONID=1");
    }

    @Test
    void aLineThatBecomesEmptyDisappears() {
        assertThat(in("JSESSIONID=1", "JSESSIONID=2", "a=b").keepOnly(1, "2")).containsExactly("JSESSIONID=2", "a=b");
    }

    @Test
    void aLineWithoutASessionCookieKeepsItsLooseEnds() {
        assertThat(in("x=y; ", "JSESSIONID=2").keepOnly(0, "2")).containsExactly("x=y; ", "JSESSIONID=2");
    }

    @Test
    void keepingACookieThatIsNotThereIsAMistakeOfTheCaller() {
        SessionCookies none = in("a=b");
        assertThatThrownBy(() -> none.keepOnly(0, "1")).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void whateverTheClientSendsOneSessionCookieIsLeftAndTheOthersAreUntouched() {
        Random random = new Random(11);
        for (int i = 0; i < 50_000; i++) {
            List<String> lines = List.of(randomLine(random), randomLine(random));
            SessionCookies cookies = SessionCookies.in(lines, "JSESSIONID");
            if (cookies.values().isEmpty()) {
                continue;
            }
            int kept = random.nextInt(cookies.values().size());
            List<String> result = cookies.keepOnly(kept, "kept");

            assertThat(SessionCookies.in(result, "JSESSIONID").values())
                    .as("%s, %d", lines, kept)
                    .containsExactly("kept");
            assertThat(others(result)).as("%s, %d", lines, kept).isEqualTo(others(lines));
        }
    }

    private static List<String> others(List<String> lines) {
        return lines.stream()
                .flatMap(line -> Arrays.stream(line.split(";", -1)))
                .map(String::strip)
                .filter(pair -> !pair.isEmpty() && !pair.matches("JSESSIONID[ \t]*=.*"))
                .toList();
    }

    private static String randomLine(Random random) {
        String[] parts = {"JSESSIONID=", "JSESSIONID", "a=b", ";", "; ", " ", "\"", "1.n1", "=", "\t", ".n2", "x"};
        StringBuilder line = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            line.append(parts[random.nextInt(parts.length)]);
        }
        return line.toString();
    }
}
