package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.hazelcast.spi.merge.MergingEntry;
import com.hazelcast.spi.merge.MergingExpirationTime;
import io.limpet.failover.protocol.EntryFormat;
import io.limpet.failover.protocol.Tombstone;
import org.junit.jupiter.api.Test;

/** What becomes of entries that the member that merges cannot read; of all others {@link MergeTest} tells. */
class PrecedenceMergePolicyTest {

    private static final byte[] RECORD = EntryFormat.encode(record(1, "cart", "tea"));
    private static final byte[] TOMBSTONE = EntryFormat.encode(new Tombstone(EPOCH, NOW));
    private static final byte[] CORRUPT = {1, 2, 3};

    /** What Hazelcast has to tell of an entry. */
    private interface Merging extends MergingEntry<String, byte[]>, MergingExpirationTime {}

    private static byte[] newer() {
        byte[] bytes = EntryFormat.encode(record(1, "cart", "tea"));
        bytes[2]++;
        return bytes;
    }

    /** Whatever comes from which half. */
    private static void assertSurvives(byte[] stronger, byte[] weaker) {
        assertThat(merged(stronger, weaker)).isSameAs(stronger);
        assertThat(merged(weaker, stronger)).isSameAs(stronger);
    }

    private static Object merged(byte[] incoming, byte[] existing) {
        return new PrecedenceMergePolicy<Merging>().merge(entry(incoming), entry(existing));
    }

    private static Merging entry(byte[] bytes) {
        Merging entry = mock(Merging.class);
        when(entry.getDeserializedValue()).thenReturn(bytes);
        when(entry.getRawValue()).thenReturn(bytes);
        return entry;
    }

    @Test
    void anEntryThatCanBeReadSurvivesACorruptOne() {
        assertSurvives(RECORD, CORRUPT);
    }

    @Test
    void whatANewerNodeHasWrittenSurvivesWhatThisOneCanRead() {
        assertSurvives(newer(), RECORD);
        assertSurvives(newer(), CORRUPT);
    }

    @Test
    void anEndedSessionStaysEndedWhateverANewerNodeHasWritten() {
        assertSurvives(TOMBSTONE, newer());
    }
}
