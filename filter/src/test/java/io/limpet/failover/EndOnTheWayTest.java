package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreUnavailableException;
import io.limpet.failover.protocol.Tombstone;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.invocation.InvocationOnMock;

/** A session ends while it is on its way into another one of its container: at each step of that, nothing of it is left. */
class EndOnTheWayTest {

    /** What the move does when the session ends. */
    private enum Step {
        POINTS,
        HAS_POINTED,
        SAVES,
        HAS_SAVED,
        CLAIMS,
        HAS_CLAIMED,
        MAKES,
        ACTIVATES
    }

    /** An application's listener, which runs within the move, when the session is there already. */
    private record Activated() implements HttpSessionActivationListener, Serializable {
        private static final List<Runnable> LISTENERS = new ArrayList<>();

        @Override
        public void sessionDidActivate(HttpSessionEvent event) {
            LISTENERS.forEach(Runnable::run);
        }
    }

    private final AtomicLong later = new AtomicLong();
    private final Clock clock = mock(Clock.class);
    private final InMemorySessionStore memory = new InMemorySessionStore();
    private final SessionStore store = mock(SessionStore.class, delegatesTo(memory));
    private final AtomicBoolean moves = new AtomicBoolean();
    private final List<FakeSession> opened = new ArrayList<>();
    private FakeNode n1;
    private FakeNode n2;
    private String first;
    private FakeNode.Request adopter;
    private Thread ends = new Thread();

    @BeforeEach
    void aSessionOfN1IsAdoptedByN2AndHasAChange() {
        doAnswer(asked -> System.currentTimeMillis() + later.get()).when(clock).millis();
        n1 = new FakeNode("n1", store, clock);
        n2 = new FakeNode("n2", store, clock);
        FakeNode.Request request = n1.fresh().set("user", "ann").set("activated", new Activated());
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
        first = request.session().getId();
        n2.onOpen(session -> {
            opened.add(session);
            session.onEnd(() -> n2.replication.destroyed(session));
        });
        adopter = n2.foreign(first).set("address", "Harbour 1");
    }

    @AfterEach
    void close() {
        Activated.LISTENERS.clear();
        n1.close();
        n2.close();
    }

    /** Does this at that step of the next move, once, and goes on when it is done or waits for the move. */
    private void at(Step step, Runnable end) {
        Runnable meanwhile = () -> {
            if (moves.compareAndSet(true, false)) {
                ends = new Thread(end);
                ends.start();
                await().until(() -> switch (ends.getState()) {
                    case WAITING, TIMED_WAITING, TERMINATED -> true;
                    default -> false;
                });
            }
        };
        switch (step) {
            case POINTS ->
                doAnswer(call -> before(meanwhile, call)).when(store).point(anyString(), anyString(), anyInt());
            case HAS_POINTED ->
                doAnswer(call -> after(meanwhile, call)).when(store).point(anyString(), anyString(), anyInt());
            case SAVES -> doAnswer(call -> before(meanwhile, call)).when(store).save(anyString(), any());
            case HAS_SAVED ->
                doAnswer(call -> after(meanwhile, call)).when(store).save(anyString(), any());
            case CLAIMS -> doAnswer(call -> before(meanwhile, call)).when(store).claim(anyString(), any());
            case HAS_CLAIMED ->
                doAnswer(call -> after(meanwhile, call)).when(store).claim(anyString(), any());
            case MAKES ->
                n2.onOpen(session -> {
                    opened.add(session);
                    session.onEnd(() -> n2.replication.destroyed(session));
                    meanwhile.run();
                });
            case ACTIVATES -> Activated.LISTENERS.add(meanwhile);
        }
    }

    private Object before(Runnable meanwhile, InvocationOnMock call) throws Exception {
        meanwhile.run();
        return call.getMethod().invoke(memory, call.getArguments());
    }

    private Object after(Runnable meanwhile, InvocationOnMock call) throws Exception {
        Object answer = call.getMethod().invoke(memory, call.getArguments());
        meanwhile.run();
        return answer;
    }

    private void move() throws InterruptedException {
        moves.set(true);
        try {
            n2.move(adopter.session(), first);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("ended");
        }
        assertThat(moves).as("came to that step").isFalse();
        ends.join();
    }

    private void nothingIsLeft() {
        assertThat(memory.peek(first)).isInstanceOf(Tombstone.class);
        assertThat(opened).allMatch(FakeSession::isInvalid);
        for (FakeSession session : opened) {
            assertThat(n1.foreign(session.getId()).hasSession()).isFalse();
            assertThat(n2.foreign(session.getId()).hasSession()).isFalse();
        }
        assertThat(n1.foreign(first).hasSession()).isFalse();
        assertThat(n2.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(n2.replication.rebalance().elsewhere()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aLogoutEndsWhatTheSessionBecomes(Step step) throws Exception {
        List<SaveOutcome> outcomes = new ArrayList<>();
        at(step, () -> {
            outcomes.add(n2.replication.invalidated(adopter.session()));
            adopter.session().invalidate();
        });

        move();

        assertThat(outcomes).containsExactly(SaveOutcome.ENDED);
        nothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void aLogoutPastTheFilterEndsWhatTheSessionBecomes(Step step) throws Exception {
        at(step, () -> adopter.does(() -> adopter.session().invalidate()));

        move();

        nothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLAIMS", "HAS_CLAIMED"})
    void aLogoutCountsAlsoWhereTheMoveFails(Step step) throws Exception {
        at(step, () -> {
            assertThat(n2.replication.invalidated(adopter.session())).isEqualTo(SaveOutcome.ENDED);
            adopter.session().invalidate();
        });
        n2.onOpen(session -> {
            throw new IllegalStateException("the container has ended its own sessions");
        });

        move();

        nothingIsLeft();
    }

    /** A request that comes by the id of the node before finds what the session has become, while the move goes on. */
    @ParameterizedTest
    @EnumSource(names = {"MAKES", "ACTIVATES"})
    void aLogoutOfWhatItBecomesLeavesNothingOfWhatItWas(Step step) throws Exception {
        at(step, () -> {
            FakeSession became = n2.foreign(first).session();
            assertThat(n2.replication.invalidated(became)).isEqualTo(SaveOutcome.ENDED);
            became.invalidate();
        });

        move();

        assertThat(n2.own(adopter.session()).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(memory.peek(first)).isInstanceOf(Tombstone.class);
        assertThat(n1.foreign(first).hasSession()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"MAKES", "ACTIVATES"})
    void aLoginIntoWhatItBecomesIsNotUndoneByWhatItWas(Step step) throws Exception {
        at(step, () -> {
            FakeNode.Request login = n2.foreign(first);
            login.session().rename("n2-new");
            n2.replication.idChanged(login.session(), "n2-2");
            assertThat(login.save()).isEqualTo(SaveOutcome.SAVED);
        });

        move();

        assertThat(n2.own(adopter.session()).arrival.found()).isEqualTo(Found.ENDED);
        assertThat(n1.foreign("n2-new").get("address")).isEqualTo("Harbour 1");
    }

    @Test
    void whatTheContainerFindsIdleJustBeforeItGoesLivesOnInWhatItBecomes() throws Exception {
        later.set(Duration.ofHours(1).toMillis());
        CountDownLatch claims = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        doAnswer(call -> {
                    claims.countDown();
                    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
                    return call.getMethod().invoke(memory, call.getArguments());
                })
                .when(store)
                .claim(anyString(), any());
        Thread container = Thread.currentThread();
        Thread mover = new Thread(() -> n2.move(adopter.session(), first));
        AtomicBoolean found = new AtomicBoolean();
        doAnswer(asked -> {
                    if (Thread.currentThread() == container && found.compareAndSet(false, true)) {
                        mover.start();
                        assertThat(claims.await(30, TimeUnit.SECONDS)).isTrue();
                    }
                    return System.currentTimeMillis() + later.get();
                })
                .when(clock)
                .millis();

        adopter.does(() -> n2.replication.destroyed(adopter.session()));
        ended.countDown();
        mover.join();

        assertThat(found).isTrue();
        assertThat(n1.foreign(first).get("address")).isEqualTo("Harbour 1");
    }

    @Test
    void theEndOfASessionOnItsWayKeepsNoOtherEndWaiting() throws Exception {
        FakeSession other = n2.sessionWith("user", "eve");
        CountDownLatch tried = new CountDownLatch(1);
        AtomicBoolean refused = new AtomicBoolean();
        doAnswer(call -> {
                    if (call.getArgument(0).equals(other.getId()) && refused.compareAndSet(false, true)) {
                        throw new StoreUnavailableException("the test says so");
                    }
                    if (Thread.currentThread().getName().contains("backlog")) {
                        tried.countDown();
                    }
                    return call.getMethod().invoke(memory, call.getArguments());
                })
                .when(store)
                .end(anyString(), any());
        AtomicBoolean inTime = new AtomicBoolean();
        Activated.LISTENERS.add(() -> {
            if (moves.compareAndSet(true, false)) {
                assertThat(n2.replication.invalidated(adopter.session())).isEqualTo(SaveOutcome.QUEUED);
                await().until(() -> tried.getCount() == 0);
                assertThat(n2.replication.invalidated(other)).isEqualTo(SaveOutcome.QUEUED);
                await().atMost(Duration.ofSeconds(6)).until(() -> memory.peek(other.getId()) instanceof Tombstone);
                inTime.set(true);
            }
        });

        move();

        assertThat(inTime).isTrue();
    }

    @Test
    void aListenerWithinTheMoveEndsItAsSoonAsItIsDone() throws Exception {
        List<SaveOutcome> outcomes = new ArrayList<>();
        Activated.LISTENERS.add(() -> {
            if (moves.compareAndSet(true, false)) {
                outcomes.add(n2.replication.invalidated(adopter.session()));
                adopter.session().invalidate();
            }
        });

        move();

        assertThat(outcomes).containsExactly(SaveOutcome.QUEUED);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(this::nothingIsLeft);
    }

    private void letTimePassSinceTheLastRequest() {
        adopter.over();
        later.set(Duration.ofHours(1).toMillis());
    }

    @Test
    void whatTheContainerEndsOnItsWayLivesOnInWhatItBecomes() throws Exception {
        at(Step.CLAIMS, () -> n2.replication.destroyed(adopter.session()));

        move();

        assertThat(n1.foreign(first).get("address")).isEqualTo("Harbour 1");
        assertThat(n2.replication.rebalance().elsewhere()).isOne(); // since n1 has it
    }

    @Test
    void whatTimesOutOnItsWayIsOverWhereItComesBack() {
        letTimePassSinceTheLastRequest();
        at(Step.CLAIMS, () -> n2.replication.destroyed(adopter.session()));
        n2.onOpen(session -> {
            throw new StoreUnavailableException("the test says so");
        });
        moves.set(true);

        assertThatThrownBy(() -> n2.move(adopter.session(), first)).isInstanceOf(IllegalStateException.class);

        assertThat(n2.foreign(first).arrival.found()).isEqualTo(Found.ENDED);
        await().atMost(Duration.ofSeconds(10)).until(() -> memory.peek(first) instanceof Tombstone);
        assertThat(n2.replication.rebalance().elsewhere()).isZero();
    }

    @Test
    void aMoveThatFailsLeavesTheSessionWhereItWas() {
        doThrow(new StoreUnavailableException("the test says so")).when(store).claim(anyString(), any());

        assertThatThrownBy(() -> n2.move(adopter.session(), first)).isInstanceOf(IllegalStateException.class);

        assertThat(memory.peek(first)).isInstanceOf(SessionRecord.class);
        assertThat(n2.own(adopter.session()).get("address")).isEqualTo("Harbour 1");
        assertThat(n2.replication.rebalance().elsewhere()).isZero();
    }
}
