package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.Route;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OrderBookTest {

    private static final Route N1 = new Route("n1");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static OrderBook book(String proxy, Instant now) {
        return new OrderBook(Clock.fixed(now, ZoneOffset.UTC), proxy);
    }

    private static Ordered ordered(Order order) {
        return new Ordered(N1, "", order, Duration.ofMinutes(30));
    }

    private static StampedOrder stamped(Order order, Instant when, String by) {
        return new StampedOrder(ordered(order), new Stamp(when.toEpochMilli(), by));
    }

    @Test
    void ofTwoOrdersTheLaterOneHoldsInWhateverOrderTheyCome() {
        StampedOrder earlier = stamped(Order.DRAINING, NOON, "b");
        StampedOrder later = stamped(Order.MAINTENANCE, NOON.plusSeconds(1), "a");
        OrderBook one = book("one", NOON);
        OrderBook other = book("other", NOON);

        assertThat(one.take(earlier)).isTrue();
        assertThat(one.take(later)).isTrue();
        assertThat(other.take(later)).isTrue();
        assertThat(other.take(earlier)).isFalse();

        assertThat(one.at(N1, "")).contains(later).isEqualTo(other.at(N1, ""));
    }

    @Test
    void ofTwoOrdersOfOneMomentAllProxiesKeepTheSame() {
        StampedOrder ofA = stamped(Order.DRAINING, NOON, "a");
        StampedOrder ofB = stamped(Order.MAINTENANCE, NOON, "b");
        OrderBook one = book("one", NOON);
        OrderBook other = book("other", NOON);

        one.take(ofA);
        one.take(ofB);
        other.take(ofB);
        other.take(ofA);

        assertThat(one.all()).containsExactly(ofB).isEqualTo(other.all());
    }

    @Test
    void anOrderThatWasSeenIsEndedAlsoByAProxyWhoseClockIsBehind() {
        OrderBook behind = book("behind", NOON.minusSeconds(3_600));
        behind.take(stamped(Order.MAINTENANCE, NOON, "ahead"));
        behind.write(ordered(Order.READY));
        OrderBook ahead = book("ahead", NOON);
        ahead.take(stamped(Order.MAINTENANCE, NOON, "ahead"));

        behind.all().forEach(ahead::take);

        assertThat(ahead.at(N1, "")).isEmpty();
        assertThat(ahead.take(stamped(Order.MAINTENANCE, NOON, "ahead"))).isFalse();
    }

    @Test
    void whatHasEndedIsForgottenAfterAWeekAndWhatHoldsIsNot() {
        Route n2 = new Route("n2");
        OrderBook book = book("one", NOON.plus(Duration.ofDays(8)));
        book.take(stamped(Order.READY, NOON, "a"));
        book.take(new StampedOrder(
                new Ordered(n2, "/shop", Order.MAINTENANCE, Duration.ZERO), new Stamp(NOON.toEpochMilli(), "a")));

        assertThat(book.all()).extracting(it -> it.ordered().node()).containsExactly(n2);
    }

    @Test
    void whatWasOrderedOfANodeThatHasBeenAwayForAMonthIsForgottenAndNoNewsUntilItIsThere() {
        MovingClock clock = new MovingClock();
        OrderBook book = new OrderBook(clock, "one");
        book.write(ordered(Order.MAINTENANCE));
        StampedOrder order = book.all().get(0);
        clock.pass(OrderBook.AWAY_KEPT.multipliedBy(2));
        book.seen(node -> true);
        book.seen(node -> false);
        assertThat(book.at(N1, "")).contains(order);

        clock.pass(OrderBook.AWAY_KEPT);
        book.seen(node -> false);
        assertThat(book.at(N1, "")).contains(order);
        clock.pass(Duration.ofSeconds(1));
        book.seen(node -> false);
        assertThat(book.all()).isEmpty();
        assertThat(book.take(order)).isFalse();

        book.seen(node -> true);
        assertThat(book.take(order)).isTrue();
    }

    @Test
    void whatIsForgottenIsNoNewsWhenSomebodyStillTellsIt() {
        StampedOrder ended = stamped(Order.READY, NOON, "a");

        assertThat(book("one", NOON.plus(Duration.ofDays(8))).take(ended)).isFalse();
        assertThat(book("one", NOON.plus(Duration.ofDays(6))).take(ended)).isTrue();
    }

    @Test
    void whatEndedAnOrderThatIsStillHeldHereEndsItAlsoAfterAWeek() {
        OrderBook book = book("one", NOON.plus(Duration.ofDays(8)));
        book.take(stamped(Order.MAINTENANCE, NOON.minusSeconds(1), "a"));

        assertThat(book.take(stamped(Order.READY, NOON, "a"))).isTrue();
        assertThat(book.all()).isEmpty();
    }

    @Test
    void aDrainIsOverAtTheSameMomentForOneWhoHearsOfItLater() {
        StampedOrder drain = stamped(Order.DRAINING, NOON, "a");

        assertThat(drain.deadline(NOON.plus(Duration.ofMinutes(10)))).isEqualTo(NOON.plus(Duration.ofMinutes(30)));
        assertThat(drain.deadline(NOON.minusSeconds(60)))
                .isEqualTo(NOON.minusSeconds(60).plus(Duration.ofMinutes(30)));
    }
}
