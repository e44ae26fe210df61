package io.limpet.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {

    private static List<String> unexplained(String broken) {
        return new Row(new GlassFish(), List.of(), List.of(broken)).unexplained();
    }

    @Test
    void aBrokenPromiseIsExplainedByWhatALogSays() {
        assertThat(unexplained("glassfish, CDI: no cart but 500; a log says WELD-000227"))
                .isEmpty();
    }

    @Test
    void thatItIsBrokenForAnotherReasonIsNot() {
        assertThat(unexplained("glassfish, CDI: no cart but 404")).hasSize(1);
    }

    @Test
    void anotherPromiseIsNot() {
        assertThat(unexplained("glassfish, sticky: moved; a log says WELD-000227"))
                .hasSize(1);
    }

    @Test
    void aRowOfBeforeAColumnWasAddedIsNoRowOfThePage() {
        String line = Page.line(new Row(new GlassFish(), List.of(), List.of()), LocalDate.EPOCH);
        assertThat(Page.isOfTheseColumns(line)).isTrue();
        assertThat(Page.isOfTheseColumns(line.replaceFirst(" yes \\|| \\*\\*no\\*\\* \\|", "")))
                .isFalse();
    }
}
