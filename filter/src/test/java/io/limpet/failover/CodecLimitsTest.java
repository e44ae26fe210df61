package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What another node would refuse to read is refused when it is written. */
class CodecLimitsTest {

    private final JavaSessionCodec codec =
            new JavaSessionCodec(List.of("io.limpet.failover.**"), getClass().getClassLoader());

    private record Link(int n, @Nullable Link next) implements Serializable {}

    private record Box(Object content) implements Serializable {}

    private static Link chain(int length) {
        Link first = new Link(0, null);
        for (int i = 1; i < length; i++) {
            first = new Link(i, first);
        }
        return first;
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 250})
    void aChainThatIsTooLongIsRefused(int length) {
        assertThatThrownBy(() -> codec.write(chain(length)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too deep or too large")
                .hasMessageContaining("200 levels");
    }

    @Test
    void whatIsWrittenIsReadAtEveryDepth() throws IOException {
        for (int length = 1; length < 300; length++) {
            readsOrIsRefused(chain(length));
        }
    }

    @Test
    void nestedArraysAndCollectionsAreNoExceptions() throws IOException {
        Object arrays = "core";
        Object lists = "core";
        Object mixed = "core";
        for (int i = 1; i < 300; i++) {
            arrays = new Object[] {arrays};
            lists = new ArrayList<>(List.of(lists));
            mixed = i % 2 == 0 ? new Object[] {mixed} : new Box(mixed);
            readsOrIsRefused(arrays);
            readsOrIsRefused(lists);
            readsOrIsRefused(mixed);
        }
    }

    private void readsOrIsRefused(Object value) throws IOException {
        byte[] written;
        try {
            written = codec.write(value);
        } catch (IOException refused) {
            return;
        }
        assertThatCode(() -> codec.read(written)).doesNotThrowAnyException();
    }

    @Test
    void manyObjectsSideBySideAreNotDeep() throws IOException {
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            links.add(chain(3));
        }
        assertThat(codec.read(codec.write(links))).isEqualTo(links);
    }

    @Test
    void moreReferencesThanAreReadAreRefused() {
        Object[] references = new Object[1_000_001];
        Arrays.fill(references, "rope");
        assertThatThrownBy(() -> codec.write(references))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1000000 references");
    }

    /** A hundred times the same list, nine levels deep, as the key of a map. */
    private static Map<Object, String> wideBomb() {
        List<Object> key = new ArrayList<>();
        List<Object> level = key;
        for (int i = 0; i < 9; i++) {
            List<Object> next = new ArrayList<>();
            level.addAll(Collections.nCopies(100, next));
            level = next;
        }
        Map<Object, String> map = new HashMap<>();
        List<Object> inside = List.copyOf(key);
        key.clear(); // hashed when it is put
        map.put(key, "bomb");
        key.addAll(inside);
        return map;
    }

    /** Some bytes each. */
    private static Object copies() {
        Object copies = "copy";
        for (int i = 0; i < 5; i++) {
            copies = Collections.nCopies(1_000_000, copies);
        }
        return copies;
    }

    static Stream<Named<Object[]>> bombs() { // as text each would take years, too
        return Stream.of(
                Named.of("sets", new Object[] {NestedSets.of(40)}),
                Named.of("lists", new Object[] {wideBomb()}),
                Named.of("copies", new Object[] {copies()}));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void aFewBytesThatWouldTakeYearsToHashAreNotRead(Object[] bomb) throws IOException {
        byte[] written = codec.write(bomb[0]);
        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> assertThatThrownBy(() -> codec.read(written))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("collections in collections"));
    }

    @Test
    void whatIsThereManyTimesIsReadAsLongAsItCouldBeWalked() throws IOException {
        List<String> shared = new ArrayList<>(Collections.nCopies(1_000, "rope"));
        List<Object> lists = new ArrayList<>(Collections.nCopies(1_000, shared));
        assertThat(codec.read(codec.write(lists))).isEqualTo(lists);
    }

    @Test
    void anArrayThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> codec.write(new byte[10_000_001])).isInstanceOf(IOException.class);
    }
}
