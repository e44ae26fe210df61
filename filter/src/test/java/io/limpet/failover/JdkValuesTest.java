package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the allow-list lets out it lets in again: what is only asked for while reading is on it, too. */
class JdkValuesTest {

    private final JavaSessionCodec codec = new JavaSessionCodec(List.of(), JdkValuesTest.class.getClassLoader());

    @SuppressWarnings({"JdkObsolete", "JavaUtilDate"}) // an application may still have them
    static Stream<Object> values() {
        Map<String, Integer> map = Map.of("a", 1);
        return Stream.of(
                "text",
                1,
                2L,
                'c',
                true,
                1.5,
                new BigDecimal("1.50"),
                BigInteger.TEN,
                new int[] {1, 2},
                new String[][] {{"a"}, {"b"}},
                DayOfWeek.MONDAY,
                Instant.EPOCH,
                LocalDate.EPOCH,
                Duration.ofDays(1),
                ZonedDateTime.parse("2026-11-22T10:00:00+01:00[Europe/Paris]"),
                new Date(0),
                new GregorianCalendar(2026, 1, 1),
                TimeZone.getTimeZone("Europe/Paris"),
                Locale.FRENCH,
                Currency.getInstance("EUR"),
                URI.create("http://localhost/"),
                new UUID(1, 2),
                BitSet.valueOf(new long[] {5}),
                List.of(),
                List.of(1),
                List.of(1, 2, 3),
                Set.of(1),
                Set.of(1, 2, 3),
                map,
                Map.of(1, 2, 3, 4),
                new ArrayList<>(List.of(1)),
                new LinkedList<>(List.of(1)),
                new Vector<>(List.of(1)),
                Arrays.asList(1, 2),
                new HashMap<>(map),
                new LinkedHashMap<>(map),
                new TreeMap<>(map),
                new Hashtable<>(map),
                new EnumMap<>(Map.of(DayOfWeek.MONDAY, 1)),
                new ConcurrentHashMap<>(map),
                new ConcurrentSkipListMap<>(map),
                new HashSet<>(List.of(1)),
                new LinkedHashSet<>(List.of(1)),
                new TreeSet<>(List.of(1)),
                EnumSet.of(DayOfWeek.MONDAY),
                Collections.synchronizedMap(new HashMap<>(map)),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                Collections.unmodifiableSet(new HashSet<>(List.of(1))),
                Collections.singletonList(1),
                Collections.emptyMap(),
                new CopyOnWriteArrayList<>(List.of(1)),
                properties());
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("a", "b");
        return properties;
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueOfTheJdkComesBackAsItWas(Object value) throws Exception {
        assertThat(codec.read(codec.write(value))).isEqualTo(value);
    }

    /** These are equal to nothing but themselves. */
    static Stream<Object> queues() {
        return Stream.of(
                new ArrayDeque<>(List.of(1)),
                new PriorityQueue<>(List.of(1)),
                new ConcurrentLinkedQueue<>(List.of(1)),
                new LinkedBlockingQueue<>(List.of(1)),
                new AtomicInteger(1));
    }

    @ParameterizedTest
    @MethodSource("queues")
    void aQueueOfTheJdkComesBack(Object value) throws Exception {
        assertThat(codec.read(codec.write(value))).hasToString(value.toString());
    }
}
