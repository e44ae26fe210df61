package io.limpet.failover.protocol;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.N2;
import static io.limpet.failover.protocol.Sessions.NOW;
import static io.limpet.failover.protocol.Sessions.attributes;
import static io.limpet.failover.protocol.Sessions.delta;
import static io.limpet.failover.protocol.Sessions.deltaOf;
import static io.limpet.failover.protocol.Sessions.text;
import static io.limpet.failover.protocol.Sessions.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.protocol.ClaimResult.Claimed;
import io.limpet.failover.protocol.LookupResult.Found;
import io.limpet.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every store promises, whatever it is made of; each test has a session of its own. */
public interface SessionStoreContract {

    /** The store as this node sees it: n1, n2 or n3. */
    SessionStore node(int number);

    /** A key that no test has used. */
    default String newKey() {
        return UUID.randomUUID().toString();
    }

    @Test
    default void whatOneNodeSavedAnotherClaims() {
        String key = newKey();
        assertThat(node(1).save(key, whole(1, "cart", "tea"))).isEqualTo(SaveResult.SAVED);
        assertThat(node(1).save(key, delta(1, 2, "cart", "tea,milk"))).isEqualTo(SaveResult.SAVED);

        Claimed claimed = (Claimed) node(2).claim(key, new Claim(N2, NOW << 12, NOW));

        assertThat(claimed.previousOwner()).isEqualTo(N1);
        assertThat(claimed.key()).isEqualTo(key);
        assertThat(text(claimed.record(), "cart")).isEqualTo("tea,milk");
    }

    @Test
    default void theOldOwnersSaveIsFencedOffAndTheNewOnesCounts() {
        String key = newKey();
        node(1).save(key, whole(1, "cart", "tea"));
        Claimed claimed = (Claimed) node(2).claim(key, new Claim(N2, NOW << 12, NOW));

        assertThat(node(1).save(key, delta(1, 2, "cart", "stale"))).isEqualTo(SaveResult.FENCED);
        assertThat(node(2).save(key, deltaOf(N2, claimed.record().epoch(), 0, 1, "cart", "tea,milk")))
                .isEqualTo(SaveResult.SAVED);
        assertThat(text(((Found) node(3).load(key)).record(), "cart")).isEqualTo("tea,milk");
    }

    @Test
    default void anEndedSessionStaysEnded() {
        String key = newKey();
        node(1).save(key, whole(1, "cart", "tea"));

        assertThat(node(1).end(key, new End(N1, EPOCH, NOW))).isEqualTo(EndResult.ENDED);
        assertThat(node(1).save(key, whole(2, "cart", "tea"))).isEqualTo(SaveResult.ENDED);
        assertThat(node(2).claim(key, new Claim(N2, NOW << 12, NOW))).isEqualTo(new ClaimResult.Ended());
        assertThat(node(3).load(key)).isEqualTo(new LookupResult.Ended());
    }

    @Test
    default void whatNobodySavedIsMissing() {
        String key = newKey();
        assertThat(node(1).load(key)).isEqualTo(new LookupResult.Missing());
        assertThat(node(1).claim(key, new Claim(N1, NOW << 12, NOW))).isEqualTo(new ClaimResult.Missing());
        assertThat(node(1).save(key, delta(1, 2))).isEqualTo(SaveResult.MISSING);
    }

    @Test
    default void aLaterIdLeadsToTheSession() {
        String key = newKey();
        String laterId = newKey();
        node(1).save(key, whole(1, "cart", "tea"));
        node(1).point(laterId, key, 1800);

        assertThat(((Found) node(3).load(laterId)).key()).isEqualTo(key);
        assertThat(((Claimed) node(2).claim(laterId, new Claim(N2, NOW << 12, NOW))).key())
                .isEqualTo(key);
    }

    @Test
    default void aSaveSentTwiceCountsOnce() {
        String key = newKey();
        node(1).save(key, whole(1, "cart", "tea"));
        node(1).save(key, delta(1, 2, "cart", "tea,milk"));

        assertThat(node(1).save(key, delta(1, 2, "cart", "tea,milk"))).isEqualTo(SaveResult.SAVED);
        assertThat(((Found) node(2).load(key)).record().version()).isEqualTo(2);
    }

    @Test
    default void oneOfTwoNodesThatClaimAtOnceOwnsTheSession() {
        String key = newKey();
        node(1).save(key, whole(1, "cart", "tea"));
        List<CompletableFuture<Claimed>> claims = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            SessionStore store = node(1 + i % 3);
            Claim claim = new Claim(new Route("c" + i), (NOW << 12) + i, NOW);
            claims.add(CompletableFuture.supplyAsync(() -> (Claimed) store.claim(key, claim)));
        }
        List<Claimed> claimed = claims.stream().map(CompletableFuture::join).toList();

        SessionRecord record = ((Found) node(1).load(key)).record();
        assertThat(claimed).extracting(claim -> claim.record().epoch()).doesNotHaveDuplicates();
        assertThat(claimed)
                .filteredOn(claim ->
                        record.ownedBy(claim.record().owner(), claim.record().epoch()))
                .hasSize(1);
    }

    @Test
    default void theOtherNodesAreToldWhoTookASession() {
        String key = newKey();
        List<Taken> heard = new CopyOnWriteArrayList<>();
        node(1).onTaken(heard::add);
        node(1).save(key, whole(1));

        // a hint: one that is given while a server joins may be lost
        List<Taken> told = new ArrayList<>();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            Claimed claimed = (Claimed) node(2).claim(key, new Claim(N2, NOW << 12, NOW));
            told.add(new Taken(key, N2, claimed.record().epoch()));
            return heard.stream().anyMatch(told::contains);
        });
    }

    @Test
    default void aSessionIsOverWhenItsTimeHasPassed() {
        String key = newKey();
        long longAgo = System.currentTimeMillis() - 3_600_000;
        SessionMeta forgotten = new SessionMeta(List.of(key), longAgo, longAgo, 60);
        node(1).save(key, new Save(N1, EPOCH, 0, 1, forgotten, attributes("cart", "tea"), Set.of(), true));

        assertThat(node(2).claim(key, new Claim(N2, System.currentTimeMillis() << 12, System.currentTimeMillis())))
                .isEqualTo(new ClaimResult.Missing());
    }
}
