package io.limpet.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRoutesTest {

    private static final Route N1 = new Route("n1");
    private final RouteCodec routes = new PlainRoutes();

    @Test
    void oneSegmentIsAppendedAndTheSameOneTakenAway() {
        assertThat(routes.tag("4F2A", N1)).isEqualTo("4F2A.n1");
        assertThat(routes.decode("4F2A.n1")).contains(new Tagged("4F2A", N1));
    }

    @Test
    void onlyTheLastSegmentIsTheRoute() {
        assertThat(routes.tag("node0ab1.node0", N1)).isEqualTo("node0ab1.node0.n1");
        assertThat(routes.decode("node0ab1.node0.n1")).contains(new Tagged("node0ab1.node0", N1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "4F2A",
                ".n1",
                "4F2A.",
                "4F2A.n 1",
                "4F2A.n1;",
                "4F2A.\u00e9",
                "4F2A.10-0-0-2",
                "4F2A.123456789012345678901234567890123",
                "4F2A.n1\u0000",
                "4F2A.n1\""
            })
    void whatHasNoRouteBehindItsLastDotIsUntagged(String value) {
        assertThat(routes.decode(value)).isEmpty();
    }

    @Test
    void aRouteIsWrittenBehindWhateverStandsThereAlready() {
        assertThat(routes.tag("4F2A", N1)).isEqualTo("4F2A.n1");
        assertThat(routes.tag("4F2A.n2", N1)).isEqualTo("4F2A.n2.n1");
    }

    @Test
    void noValueMakesDecodingThrowAndWhatIsTaggedComesBack() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            String value = randomText(random);
            routes.decode(value)
                    .ifPresent(tagged -> assertThat(routes.tag(tagged.value(), tagged.route()))
                            .isEqualTo(value));
            if (!value.isEmpty()) {
                assertThat(routes.decode(routes.tag(value, N1))).contains(new Tagged(value, N1));
            }
        }
    }

    private static String randomText(Random random) {
        String likely = "aZ09.-_;=\" \t%/\u0000\u00e9\ud83d";
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(40); length > 0; length--) {
            text.append(likely.charAt(random.nextInt(likely.length())));
        }
        return text.toString();
    }
}
