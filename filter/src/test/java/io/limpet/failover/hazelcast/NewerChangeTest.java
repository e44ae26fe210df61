package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.limpet.failover.protocol.Answer;
import io.limpet.failover.protocol.AnswerFormat;
import io.limpet.failover.protocol.ChangeFormat;
import io.limpet.failover.protocol.SaveResult;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** During an upgrade a member of the next Limpet sends its changes to those of this one. */
@Timeout(120)
class NewerChangeTest {

    /** Where the number of the format is: behind the two letters by which changes are known. */
    private static final int FORMAT_AT = 2;

    /** As the next Limpet would send it. */
    private static final class NewerChange
            implements EntryProcessor<String, byte[], byte[]>, IdentifiedDataSerializable {

        private static final long serialVersionUID = 1L;

        @Override
        public byte[] process(Map.Entry<String, byte[]> entry) {
            throw new AssertionError("it is read by this Limpet's class");
        }

        @Override
        public int getFactoryId() {
            return SerializableTypes.FACTORY_ID;
        }

        @Override
        public int getClassId() {
            return SerializableTypes.CHANGE;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            byte[] change = ChangeFormat.encode(whole(1, "cart", "tea"));
            change[FORMAT_AT]++;
            out.writeByteArray(change);
        }

        @Override
        public void readData(ObjectDataInput in) {
            throw new AssertionError("it is read by this Limpet's class");
        }
    }

    @Test
    void itIsAnsweredAtOnceThatNobodyHereCanReadItAndChangesNothing() throws Exception {
        try (Cluster cluster = new Cluster(2).startAll()) {
            cluster.awaitBackups();
            String elsewhere = IntStream.range(0, 1_000)
                    .mapToObj(i -> "session" + i)
                    .filter(key -> !cluster.instance(0)
                            .getPartitionService()
                            .getPartition(key)
                            .getOwner()
                            .localMember())
                    .findFirst()
                    .orElseThrow();

            byte[] answer = cluster.map(0)
                    .submitToKey(elsewhere, new NewerChange())
                    .toCompletableFuture()
                    .get(Cluster.STORE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);

            assertThat(AnswerFormat.decode(answer, SaveResult.class)).isEqualTo(new Answer.Unreadable<>());
            assertThat(cluster.map(1).get(elsewhere)).isNull();
        }
    }
}
