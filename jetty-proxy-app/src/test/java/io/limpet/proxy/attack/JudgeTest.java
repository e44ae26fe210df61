package io.limpet.proxy.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle that never finds anything would be a poor one. */
class JudgeTest {

    private static final String TOLD = String.join(
            "\r\n",
            "X-Forwarded-For: 127.0.0.1",
            "X-Forwarded-Proto: http",
            "X-Forwarded-Port: 80",
            "X-Forwarded-Host: h",
            "Forwarded: for=127.0.0.1;host=\"h\";proto=http",
            "Limpet-Route: fresh",
            "");
    private static final String FIRST = "POST /a HTTP/1.1\r\nHost: h\r\nX: y\r\nContent-Length: 2\r\n\r\nhi";
    private static final String SECOND = "GET /b HTTP/1.1\r\nHost: h\r\n\r\n";

    private static final Attack ATTACK = new Attack("name", "why", EnumSet.of(Attack.Mark.PASSES), FIRST + SECOND);

    private static List<Finding.Kind> kinds(List<Answer> answers, String... arrived) {
        List<Seen> origin = List.of(arrived).stream()
                .map(text -> text.replace("Host: h\r\n", "Host: h\r\n" + TOLD))
                .flatMap(text -> Seen.in(text.getBytes(StandardCharsets.ISO_8859_1)).stream())
                .toList();
        return Judge.of(Seen.in(ATTACK.bytes()), List.of(), origin, answers, 0).findings(ATTACK).stream()
                .map(Finding::kind)
                .distinct()
                .toList();
    }

    private static Answer ok(int arrival) {
        return new Answer(200, OptionalInt.of(arrival));
    }

    @Test
    void whatArrivesAsItWasSentIsWell() {
        assertThat(kinds(List.of(ok(0), ok(1)), FIRST, SECOND)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"hi,ho", "POST,PUT", "/a,/b", "X: y,X: z", "X: y,Y: y", "Host: h,Host: i"})
    void anotherMeaningIsFound(String from, String to) {
        assertThat(kinds(List.of(ok(0), ok(1)), FIRST.replace(from, to), SECOND))
                .contains(Finding.Kind.CHANGED, Finding.Kind.WRONG_ANSWER);
    }

    @Test
    void answersInAnotherOrderAreFound() {
        assertThat(kinds(List.of(ok(1), ok(0)), FIRST, SECOND)).containsExactly(Finding.Kind.WRONG_ANSWER);
    }

    @Test
    void aRequestTooManyIsFound() {
        assertThat(kinds(List.of(ok(0), ok(1)), FIRST, SECOND, SECOND)).contains(Finding.Kind.UNASKED);
    }

    @Test
    void anAnswerThatBlamesTheServerIsFound() {
        assertThat(kinds(List.of(new Answer(502, OptionalInt.empty())), FIRST)).contains(Finding.Kind.WRONG_ANSWER);
    }
}
