package io.limpet.failover.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What each version of Limpet has ever written, as it was written then: nodes of two versions share a cluster during an
 * upgrade. These files are never changed; a new format brings new ones.
 */
class PreviousFormatsTest {

    @Test
    void aRecordOfTheFirstFormatIsRead() throws Exception {
        Map<String, StoredAttribute> attributes = Map.of(
                "user", new StoredAttribute("ann".getBytes(StandardCharsets.UTF_8), new Stamp(100, 2)),
                "cart", new StoredAttribute(new byte[] {0, 1, 2, -1}, new Stamp(99, 7)));
        assertThat(read("record-format-1.txt"))
                .isEqualTo(new SessionRecord(
                        new Route("n1"),
                        100,
                        7,
                        List.of("4F2A", "77B0"),
                        1_700_000_000_000L,
                        1_700_000_001_000L,
                        1800,
                        attributes));
    }

    @Test
    void aTombstoneOfTheFirstFormatIsRead() throws Exception {
        assertThat(read("tombstone-format-1.txt")).isEqualTo(new Tombstone(100, 1_700_000_000_000L));
    }

    @Test
    void aPointerOfTheFirstFormatIsRead() throws Exception {
        assertThat(read("pointer-format-1.txt")).isEqualTo(new Pointer("4F2A"));
    }

    private static Entry read(String file) throws IOException, CorruptEntryException {
        try (InputStream in = PreviousFormatsTest.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("no such file: " + file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
            return EntryFormat.decode(Base64.getDecoder().decode(text));
        }
    }
}
