package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieFormTest {

    @ParameterizedTest
    @CsvSource({
        "4F2A, 77B1", // Tomcat
        "4F2A.node0, 77B1.node0", // Jetty
        "4F2A.localhost, 77B1.localhost", // WildFly
        "00004F2A:8b71877c-d296, 000077B1:8b71877c-d296", // Open Liberty
        "4F2A!123!456, 77B1!123!456"
    })
    void whatTheContainerWroteForOneSessionItWritesForAnother(String seen, String written) {
        CookieForm form = CookieForm.of(seen, "4F2A").orElseThrow();

        assertThat(form.valueOf("77B1")).isEqualTo(written);
    }

    // a client may write anything around an id behind which a lenient container still finds its session
    @ParameterizedTest
    @ValueSource(strings = {"4F2A.a.b.c", "x4F2A", "000004F2A:c", "4F2A.", "4F2A; Path=/", "4F2A.\"q\"", "another", ""})
    void whatNoContainerWritesIsNotLearned(String value) {
        assertThat(CookieForm.of(value, "4F2A")).isEmpty();
    }

    @Test
    void anEmptyIdTeachesNothing() {
        assertThat(CookieForm.of("4F2A", "")).isEmpty();
    }
}
