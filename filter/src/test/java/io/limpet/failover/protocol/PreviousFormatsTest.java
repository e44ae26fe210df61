package io.limpet.failover.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each version of Limpet has ever written, as it was written then: nodes of two versions share a cluster during an
 * upgrade. These files are never changed; a new format brings new ones.
 */
class PreviousFormatsTest {

    private static final Map<String, Entry> ENTRIES = Map.of(
            "record-format-1.txt", record(),
            "tombstone-format-1.txt", new Tombstone(100, 1_700_000_000_000L),
            "pointer-format-1.txt", new Pointer("4F2A"));

    private static SessionRecord record() {
        Map<String, StoredAttribute> inThisOrder = new LinkedHashMap<>();
        inThisOrder.put("user", new StoredAttribute("ann".getBytes(StandardCharsets.UTF_8), new Stamp(100, 2)));
        inThisOrder.put("cart", new StoredAttribute(new byte[] {0, 1, 2, -1}, new Stamp(99, 7)));
        return new SessionRecord(
                new Route("n1"),
                100,
                7,
                List.of("4F2A", "77B0"),
                1_700_000_000_000L,
                1_700_000_001_000L,
                1800,
                inThisOrder);
    }

    private static Set<String> files() {
        return ENTRIES.keySet();
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatTheFirstFormatWroteIsRead(String file) throws Exception {
        assertThat(EntryFormat.decode(bytes(file))).isEqualTo(ENTRIES.get(file));
    }

    /** The first Limpet reads it, too: nodes may be upgraded one by one, and go back. */
    @ParameterizedTest
    @MethodSource("files")
    void whatIsWrittenIsStillTheFirstFormatToTheByte(String file) throws Exception {
        assertThat(EntryFormat.encode(Objects.requireNonNull(ENTRIES.get(file))))
                .isEqualTo(bytes(file));
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream in = PreviousFormatsTest.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("no such file: " + file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
            return Base64.getDecoder().decode(text);
        }
    }
}
