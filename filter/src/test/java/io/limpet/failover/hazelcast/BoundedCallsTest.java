package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import io.limpet.failover.protocol.StoreState;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.failover.protocol.Trust;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedCallsTest {

    private final Membership membership = mock();
    private final Trust trust = new Trust(() -> 0);
    private final ClusterWatch watch = new ClusterWatch(trust, 0);
    private final BoundedCalls calls = new BoundedCalls(Duration.ofMillis(50), watch);

    @BeforeEach
    void twoMembers() {
        watch.joined(2);
    }

    @Test
    void anAnswerInTimeIsPassedOn() {
        assertThat(calls.await(() -> CompletableFuture.completedFuture("saved")))
                .isEqualTo("saved");
    }

    @Test
    void aCallThatHangsEndsAtTheTimeout() {
        assertThatThrownBy(() -> calls.await(CompletableFuture::new))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("no answer within 50 ms");
    }

    @Test
    void aHazelcastThatLacksWhatIsCalledIsUnavailableRatherThanAnError() {
        assertThatThrownBy(() -> calls.await(() -> {
                    throw new NoSuchMethodError("executeOnKeyInternal");
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("executeOnKeyInternal");
    }

    private BoundedCalls callsOfASleeper(CompletableFuture<Void> answers) {
        AtomicLong clock = new AtomicLong();
        ClusterWatch sleeper = new ClusterWatch(new Trust(clock::get), 0);
        Member self = mock();
        Member other = mock();
        when(membership.members()).thenReturn(Set.of(self, other));
        when(membership.proof()).thenReturn(answers);
        when(membership.proven()).thenAnswer(asked -> answers.isDone() ? Set.of(self, other) : Set.of());
        sleeper.joined(2);
        sleeper.belong(membership);
        clock.addAndGet(Trust.SLEEP + 1);
        return new BoundedCalls(Duration.ofSeconds(10), sleeper);
    }

    @Test
    void whoSleptBeginsNothingWhileTheOthersDoNotAnswer() {
        BoundedCalls ofASleeper = callsOfASleeper(new CompletableFuture<>());

        assertThatThrownBy(() -> ofASleeper.await(() -> {
                    throw new AssertionError("begun");
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("slept");
    }

    @Test
    void whoSleptAndIsStillKnownWaitsForTheAnswers() {
        CompletableFuture<Void> answers = new CompletableFuture<>();
        BoundedCalls ofASleeper = callsOfASleeper(answers);
        CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS).execute(() -> answers.complete(null));

        assertThat(ofASleeper.await(() -> {
                    assertThat(answers).isCompleted();
                    return CompletableFuture.completedFuture("saved");
                }))
                .isEqualTo("saved");
    }

    @Test
    void whatFailedInsideTheClusterIsUnavailableToo() {
        assertThatThrownBy(() -> calls.await(() -> CompletableFuture.failedFuture(new IllegalStateException("gone"))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void aWriteThatWasAppliedIsRefusedWhenTheOthersDoNotConfirmThatTheyKnowThisMember() {
        AtomicBoolean applied = new AtomicBoolean();

        assertThatThrownBy(() -> callsOf(new CompletableFuture<>()).await(() -> {
                    applied.set(true);
                    return CompletableFuture.completedFuture("saved");
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("no answer within 50 ms");
        assertThat(applied).isTrue();
    }

    @Test
    void aMemberThatIsStoppingAndCannotAskTheOthersIsUnavailable() {
        when(membership.proof()).thenThrow(new RejectedExecutionException("shut down"));

        assertThatThrownBy(() -> withQuorum().await(() -> CompletableFuture.completedFuture("saved")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("stopping");
    }

    private BoundedCalls callsOf(CompletableFuture<Void> proof) {
        when(membership.proof()).thenReturn(proof);
        return withQuorum();
    }

    private BoundedCalls withQuorum() {
        ClusterWatch ofThree = new ClusterWatch(trust, 2);
        ofThree.joined(3);
        ofThree.belong(membership);
        when(membership.size()).thenReturn(3);
        return new BoundedCalls(Duration.ofMillis(50), ofThree);
    }

    @Test
    void anInterruptedRequestStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> calls.await(CompletableFuture::new)).isInstanceOf(StoreUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nothingIsAskedWhileHalvesMerge() {
        long before = trust.generation();
        watch.stateChanged(new LifecycleEvent(LifecycleState.MERGING));

        assertThatThrownBy(() -> calls.await(() -> {
                    throw new AssertionError("asked");
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("merging");
        assertThat(watch.state()).isEqualTo(StoreState.DEGRADED);

        watch.stateChanged(new LifecycleEvent(LifecycleState.MERGED));

        assertThat(watch.state()).isEqualTo(StoreState.HEALTHY);
        assertThat(trust.generation()).isGreaterThan(before + 1);
    }

    @Test
    void aSingleMemberIsDegraded() {
        watch.joined(1);

        assertThat(watch.state()).isEqualTo(StoreState.DEGRADED);
    }
}
