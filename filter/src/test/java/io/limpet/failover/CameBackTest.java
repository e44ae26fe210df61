package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;

import io.limpet.route.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session comes back from its way between two looks of somebody who looks first where it is and then where it was. */
class CameBackTest {

    private final FakeSession session = new FakeSession("n1-1", System.currentTimeMillis());
    private final Shadow shadow = new Shadow(session, mock(), new ReentrantLock(), 1);
    private final LocalSessions sessions = spy(new LocalSessions());

    @BeforeEach
    void itIsOnItsWayUntilSomebodyLooksThere() {
        sessions.add(session.getId(), shadow);
        sessions.moved(shadow);
        doAnswer(look -> {
                    sessions.add(session.getId(), shadow);
                    sessions.forgetMoved(session.getId());
                    return Optional.empty();
                })
                .when(sessions)
                .whatWasLeft(session.getId());
    }

    @Test
    void itsContainersEndIsNotLost() {
        Backlog backlog = mock();
        ReplicationSettings settings =
                new ReplicationSettings(new Route("n1"), false, Dirtiness.TOUCHED, Duration.ofSeconds(1));
        Ending ending = new Ending(sessions, mock(), mock(), backlog, settings, Clock.systemUTC());

        ending.destroyed(session);

        verify(backlog).endSoon(any(), any());
        assertThat(shadow.over).isTrue();
    }

    @Test
    void aRequestOfItIsAboutIt() {
        RequestWork work = new RequestWork(sessions);

        work.concerns(session);

        assertThat(work.isAbout(shadow)).isTrue();
    }
}
