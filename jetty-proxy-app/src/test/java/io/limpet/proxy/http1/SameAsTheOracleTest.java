package io.limpet.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.limpet.proxy.attack.Attack;
import io.limpet.proxy.attack.Siege;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * What these readers read, Jetty's strict parser reads as the same message, of the same bytes; what it refuses, they never
 * take for whole. The other way round they may be stricter.
 *
 * <p>{@code -Dlimpet.fuzz.messages=5000000} plays more, {@code -Dlimpet.fuzz.seed} others.
 */
class SameAsTheOracleTest {

    private static final int MESSAGES = Integer.getInteger("limpet.fuzz.messages", 100_000);
    private static final long SEED = Long.getLong("limpet.fuzz.seed", System.nanoTime());

    private final StrictReaders strict = new StrictReaders();
    private int whole;

    @Test
    void everyRequestThatIsReadIsTheOneThatTheOracleReads() {
        Messages messages = new Messages(SEED);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] bytes = messages.request();
            agree(bytes, strict.request(bytes, bytes.length), JettyReader.request(bytes), i);
        }
        assertThat(whole).isGreaterThan(MESSAGES / 20);
    }

    @Test
    void everyResponseThatIsReadIsTheOneThatTheOracleReads() {
        Messages messages = new Messages(SEED);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] bytes = messages.response();
            boolean toHead = i % 8 == 0;
            agree(bytes, strict.response(bytes, toHead, bytes.length), JettyReader.response(bytes, toHead), i);
        }
        assertThat(whole).isGreaterThan(MESSAGES / 20);
    }

    @Test
    void everyAttackThatIsReadIsTheRequestThatTheOracleReads() {
        for (Attack attack : Siege.all()) {
            byte[] bytes = attack.text().getBytes(StandardCharsets.ISO_8859_1);
            agree(bytes, strict.request(bytes, bytes.length), JettyReader.request(bytes), 0);
        }
    }

    @Test
    void itDoesNotMatterWhereAMessageIsSplit() {
        Messages messages = new Messages(SEED);
        for (int i = 0; i < MESSAGES / 20; i++) {
            byte[] request = messages.request();
            byte[] response = messages.response();
            Reading wholeRequest = strict.request(request, request.length);
            Reading wholeResponse = strict.response(response, false, response.length);
            for (int step : new int[] {1, 2, 3, 7}) {
                same(strict.request(request, step), wholeRequest, request, i);
                same(strict.response(response, false, step), wholeResponse, response, i);
            }
        }
    }

    private void agree(byte[] bytes, Reading ours, Reading oracle, int number) {
        if (ours.isWhole()) {
            whole++;
            same(ours, oracle, bytes, number);
        } else if (ours.verdict() == Progress.MORE && oracle.isWhole()) {
            fail("the oracle sees the end: " + about(bytes, number));
        }
    }

    private static void same(Reading one, Reading other, byte[] bytes, int number) {
        if (!one.equals(other)) {
            // words for millions of messages that are right would cost more than the reading
            assertThat(one).as(about(bytes, number)).isEqualTo(other);
        }
    }

    private static String about(byte[] bytes, int number) {
        return "seed " + SEED + ", message " + number + ": "
                + Arrays.toString(new String(bytes, StandardCharsets.ISO_8859_1)
                        .replace("\r", "\\r")
                        .replace("\n", "\\n")
                        .split("(?<=\\\\n)"));
    }
}
