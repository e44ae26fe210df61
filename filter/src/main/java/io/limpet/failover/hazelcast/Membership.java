package io.limpet.failover.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import io.limpet.failover.protocol.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Whether the others still count this member in. A member that slept finds its old list of members when it wakes up,
 * counts a majority in it and may write what nobody else will ever see: the others have long replaced it. So whenever
 * that is possible, after a pause as after a change of the list, all members of the list are asked, and a member answers
 * only those that it knows.
 *
 * <p>Safe for use by any number of threads; nothing here blocks.
 */
final class Membership {

    private static final String EXECUTOR = "limpet.membership";

    /** What a proof is good for: as long as neither changes, nobody can have been removed, nor replaced. */
    private record View(long generation, Set<Member> members) {}

    private record Proof(View view, CompletableFuture<Void> answers) {

        boolean holdsFor(View now) {
            return view.equals(now) && !answers.isCompletedExceptionally();
        }
    }

    private final HazelcastInstance hazelcast;
    private final Trust trust;
    private volatile Proof last = new Proof(new View(-1, Set.of()), new CompletableFuture<>());

    Membership(HazelcastInstance hazelcast, Trust trust) {
        this.hazelcast = hazelcast;
        this.trust = trust;
    }

    /** How many members this one sees, itself among them. */
    int size() {
        return members().size();
    }

    /** The same set as long as nobody comes or goes, and immutable. Members are told apart by address and UUID. */
    Set<Member> members() {
        return hazelcast.getCluster().getMembers();
    }

    /** Completes once every member that this one sees has answered it; all who ask meanwhile share the question. */
    CompletableFuture<Void> proof() {
        return current().answers();
    }

    private Proof current() {
        View now = new View(trust.generation(), members());
        Proof known = last;
        return known.holdsFor(now) ? known : asked(now);
    }

    /** The members, itself among them, when all the others have answered it; asks them when that is not known. */
    Set<Member> proven() {
        Proof known = current();
        boolean answered = known.answers().isDone() && !known.answers().isCompletedExceptionally();
        return answered ? known.view().members() : Set.of();
    }

    private synchronized Proof asked(View now) {
        if (!last.holdsFor(now)) {
            last = new Proof(now, answers());
        }
        return last;
    }

    /** Asks every other member, whatever is known; completes once all have answered. */
    CompletableFuture<Void> answers() {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (Member member : members()) {
            if (!member.localMember()) {
                CompletableFuture<Boolean> answer = new CompletableFuture<>();
                hazelcast.getExecutorService(EXECUTOR).submitToMember(new Presence(), member, into(answer));
                answers.add(answer);
            }
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    private static ExecutionCallback<Boolean> into(CompletableFuture<Boolean> answer) {
        return new ExecutionCallback<>() {
            @Override
            public void onResponse(Boolean present) {
                answer.complete(present);
            }

            @Override
            public void onFailure(Throwable failure) {
                answer.completeExceptionally(failure);
            }
        };
    }
}
