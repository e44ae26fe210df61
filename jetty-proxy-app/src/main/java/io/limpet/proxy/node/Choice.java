package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.util.Collection;
import java.util.Optional;

/** Where a request goes, and why. */
public sealed interface Choice {

    /** Why, as one of the words that log, metrics and tests count. */
    Reason reason();

    /** A choice that a node serves. */
    sealed interface Served extends Choice {

        /** The node that serves. */
        Nodes.Member member();

        /** The session id that the node gets. */
        SessionId session();

        /** What the node is told: {@code owner}, {@code owner;leaving}, {@code fresh} or {@code takeover;from=n1}. */
        default String told() {
            return reason().toString();
        }

        /** Whether another node would have to take a session over, or is not the one that was asked for. */
        default boolean isTied() {
            return true;
        }

        /** Another node is asked in this one's place: the session that would have begun here is reckoned with no more. */
        default void passesOn() {}

        /** This one is asked after all. */
        default void takesUp() {}

        /** Shorthand for the member's node. */
        default Node node() {
            return member().node();
        }
    }

    /**
     * The session's own node serves.
     *
     * @param wantedAt a node with fewer sessions, for which the owner may let the session go instead of serving
     * @param onlyLive whether the owner, which drains, is to serve only if the session lives there, and begin none
     */
    record Owner(Nodes.Member member, SessionId session, Optional<Nodes.Member> wantedAt, boolean onlyLive)
            implements Served {

        /** The session stays. */
        public Owner(Nodes.Member member, SessionId session) {
            this(member, session, Optional.empty(), false);
        }

        /** The session may move there. */
        public Owner wantedAt(Nodes.Member better) {
            return new Owner(member, session, Optional.of(better), onlyLive);
        }

        /** The session is served if it lives. */
        public Owner onlyIfItLives() {
            return new Owner(member, session, wantedAt, true);
        }

        @Override
        public Reason reason() {
            return Reason.OWNER;
        }

        @Override
        public String told() {
            return onlyLive ? reason() + ";leaving" : reason().toString();
        }
    }

    /** Another node serves: the owner is down, in maintenance, or was tried without success. */
    record Takeover(Nodes.Member member, SessionId session, Route lostOwner) implements Served {
        @Override
        public Reason reason() {
            return Reason.TAKEOVER;
        }

        @Override
        public String told() {
            return reason() + ";from=" + lostOwner;
        }

        /**
         * The owner serves once more, and the session moves at a later request: the owner is to be left, but is there.
         * Empty when it is down, gone, in maintenance, or was tried.
         */
        public Optional<Owner> postponed(Nodes nodes, Collection<Route> tried) {
            return nodes.named(lostOwner)
                    .filter(owner -> owner.state().isUp() && !tried.contains(lostOwner))
                    .map(owner -> new Owner(owner, session));
        }
    }

    /** Another node serves, which has fewer sessions: the owner has let this one go. */
    record Rebalanced(Nodes.Member member, SessionId session, Route from) implements Served {
        @Override
        public Reason reason() {
            return Reason.REBALANCE;
        }

        @Override
        public String told() {
            return reason() + ";from=" + from;
        }
    }

    /** No session yet, or one that no known node owns. */
    record Fresh(Nodes.Member member, SessionId session) implements Served {
        @Override
        public Reason reason() {
            return Reason.FRESH;
        }

        @Override
        public void passesOn() {
            member.share().gave();
        }

        @Override
        public void takesUp() {
            member.share().took();
        }

        @Override
        public boolean isTied() {
            return false;
        }
    }

    /** Any node serves: sessions do not matter for the request's path. */
    record Ignored(Nodes.Member member) implements Served {
        @Override
        public Reason reason() {
            return Reason.IGNORED;
        }

        @Override
        public SessionId session() {
            return SessionId.NONE;
        }

        @Override
        public String told() {
            return Reason.FRESH.toString();
        }

        @Override
        public boolean isTied() {
            return false;
        }
    }

    /** The node serves that a tester has named. */
    record Tester(Nodes.Member member, SessionId session) implements Served {
        @Override
        public Reason reason() {
            return Reason.TESTER;
        }

        @Override
        public String told() {
            return Reason.FRESH.toString();
        }
    }

    /** The request goes nowhere: it is none that a proxy passes on. */
    record Refused() implements Choice {
        @Override
        public Reason reason() {
            return Reason.REFUSED;
        }
    }

    /**
     * No node is left to try.
     *
     * @param why every node with its state, for the log; not for the client
     */
    record Nobody(String why) implements Choice {
        @Override
        public Reason reason() {
            return Reason.NOBODY;
        }
    }
}
