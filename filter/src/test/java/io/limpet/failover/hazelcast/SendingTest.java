package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.delta;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.limpet.failover.protocol.Answer;
import io.limpet.failover.protocol.AnswerFormat;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.Trust;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SendingTest {

    private static final int SAVES = 200;
    private static final Cluster cluster = new Cluster(2);

    private final ClusterWatch watch = new ClusterWatch(new Trust(System::currentTimeMillis), 0);
    private final BoundedCalls calls = new BoundedCalls(Cluster.STORE_TIMEOUT, watch);

    @BeforeAll
    static void start() {
        cluster.startAll();
        cluster.awaitBackups();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void theHazelcastOfThisBuildHasTheDirectWay() {
        assertThat(Sending.through(cluster.instance(0), cluster.map(0), calls)).isInstanceOf(DirectSending.class);
    }

    @Test
    void whatIsNotHazelcastsOwnGoesThePublicWay() {
        assertThat(Sending.through(mock(), mock(), calls)).isInstanceOf(PublicSending.class);
    }

    @Test
    void bothWaysEndAtTheSameEntryWithTheSameAnswer() throws Exception {
        watch.joined(2);
        Sending direct = new DirectSending(cluster.instance(0), cluster.map(0), calls);
        Sending ordinary = new PublicSending(cluster.map(0), calls);

        byte[] first = direct.send("a session", new ChangeProcessor(whole(1, "cart", "tea")));
        byte[] second = ordinary.send("a session", new ChangeProcessor(delta(1, 2, "cart", "milk")));

        assertThat(second).isEqualTo(first);
        assertThat(AnswerFormat.decode(first, SaveResult.class)).isEqualTo(new Answer.Given<>(SaveResult.SAVED));
    }

    @Test
    void aSaveStartsNoThread() {
        cluster.store(0).save("another session", whole(1));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getTotalStartedThreadCount();

        for (int version = 1; version <= SAVES; version++) {
            cluster.store(0).save("another session", delta(version, version + 1));
        }

        // some come from elsewhere: watches, and members that look for each other
        assertThat(threads.getTotalStartedThreadCount() - before).isLessThan(SAVES / 4);
    }
}
