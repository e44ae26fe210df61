package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImmutableValuesTest {

    record Price(long cents, String currency) {}

    record Line(Price price, LocalDate due, TimeUnit unit) {}

    record Offer(Price before, Price now) {}

    record Department(@Nullable Manager head) {}

    record Manager(@Nullable Department of) {}

    record Basket(List<String> items) {}

    record Node(String name, @Nullable Node next) {}

    @Test
    void aRecordOfImmutablesIsImmutable() {
        assertThat(ImmutableValues.contains(new Line(new Price(1, "EUR"), LocalDate.EPOCH, TimeUnit.DAYS)))
                .isTrue();
    }

    @Test
    void aRecordThatHoldsWhatMayChangeIsNot() {
        assertThat(ImmutableValues.contains(new Basket(new ArrayList<>()))).isFalse();
    }

    @Test
    void aRecordOfItselfEndsTheSearch() {
        assertThat(ImmutableValues.contains(new Node("a", new Node("b", new Node("c", null)))))
                .isFalse();
    }

    @Test
    void recordsThatHoldEachOtherEndTheSearch() {
        assertThat(ImmutableValues.contains(new Department(new Manager(null)))).isFalse();
        assertThat(ImmutableValues.contains(new Manager(null))).isFalse();
    }

    @Test
    void aRecordMayHoldTheSameTypeTwice() {
        assertThat(ImmutableValues.contains(new Offer(new Price(2, "EUR"), new Price(1, "EUR"))))
                .isTrue();
    }

    @Test
    void textsNumbersDatesAndEnumsAre() {
        assertThat(List.of("a", 1L, LocalDate.EPOCH, TimeUnit.DAYS)).allMatch(ImmutableValues::contains);
    }
}
