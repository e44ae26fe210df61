package io.limpet.failover.protocol;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntryFormatTest {

    /** What the fixture of format 1 holds. */
    private static final SessionRecord RECORD = new SessionRecord(
            N1, EPOCH, 7, List.of("4F2A", "node0ab1.node0", "ünïcödé"), NOW, NOW + 60_000, 1800, attributes());

    private static Map<String, StoredAttribute> attributes() {
        Map<String, StoredAttribute> attributes = new LinkedHashMap<>();
        attributes.put("cart", new StoredAttribute("tea,milk".getBytes(StandardCharsets.UTF_8), new Stamp(EPOCH, 7)));
        attributes.put("WELD_S#0", new StoredAttribute(new byte[] {-1, 0, 1}, new Stamp(EPOCH - 1, 3)));
        attributes.put("", new StoredAttribute(new byte[0], new Stamp(0, 1)));
        return attributes;
    }

    static List<Entry> entries() {
        return List.of(
                RECORD,
                new SessionRecord(N1, Long.MAX_VALUE, 0, List.of("x"), 0, 0, -1, Map.of()),
                new Tombstone(EPOCH, NOW),
                new Pointer("4F2A"));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void whatWasWrittenIsRead(Entry entry) throws CorruptEntryException {
        assertThat(EntryFormat.decode(EntryFormat.encode(entry))).isEqualTo(entry);
    }

    @Test
    void attributesKeepTheirOrder() throws CorruptEntryException {
        SessionRecord read = (SessionRecord) EntryFormat.decode(EntryFormat.encode(RECORD));

        assertThat(read.attributes().keySet()).containsExactly("cart", "WELD_S#0", "");
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everyLaterVersionReadsWhatFormatOneWrote(Entry entry) throws IOException, CorruptEntryException {
        List<String> fixture;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("entry-format-1.base64"))) {
            fixture = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
        byte[] bytes = Base64.getDecoder().decode(fixture.get(entries().indexOf(entry)));

        assertThat(EntryFormat.decode(bytes)).isEqualTo(entry);
    }

    @Test
    void anEntryOfANewerLimpetIsRefusedWithTheRemedy() {
        byte[] bytes = EntryFormat.encode(RECORD);
        bytes[2] = 2;

        assertThatThrownBy(() -> EntryFormat.decode(bytes))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining("finish the upgrade");
    }

    @Test
    void everyTruncationIsCorrupt() {
        byte[] bytes = EntryFormat.encode(RECORD);
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> EntryFormat.decode(truncated)).isInstanceOf(CorruptEntryException.class);
        }
    }

    @Test
    void aHostileLengthAllocatesNothing() {
        byte[] bytes = EntryFormat.encode(new Pointer(""));
        byte[] hostile = {
            bytes[0], bytes[1], 1, 1, 0, 1, 'a', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 127, -1, -1, -1
        };

        assertThatThrownBy(() -> EntryFormat.decode(hostile))
                .isInstanceOf(CorruptEntryException.class)
                .hasMessageContaining("length");
    }

    @Test
    void mutatedBytesAreAnEntryOrCorruptAndNothingElse() {
        long seed = System.nanoTime();
        Mutations mutations = new Mutations(seed);
        List<byte[]> good = entries().stream().map(EntryFormat::encode).toList();
        int readable = 0;
        int corrupt = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = mutations.mutate(good.get(i % good.size()));
            try {
                EntryFormat.encode(EntryFormat.decode(bytes));
                readable++;
            } catch (CorruptEntryException e) {
                corrupt++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + seed + ": " + Base64.getEncoder().encodeToString(bytes), e);
            }
        }
        assertThat(readable).isPositive();
        assertThat(corrupt).isPositive();
    }
}
