package io.limpet.failover.sim;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** One session as its client knows it: under ever new ids, until it logs in or out. */
final class Account {

    final String name;
    final Set<String> ids = new LinkedHashSet<>();

    /** Whether somebody has begun to end it, or to give it a new id: from then on it may be over. */
    boolean endAsked;

    /** Whether somebody has begun to end it: under a new id, too, it may be over. */
    boolean logoutAsked;

    private int renames;

    Optional<Account> renamed = Optional.empty();

    Account(String name) {
        this.name = name;
    }

    void askLogout() {
        endAsked = true;
        logoutAsked = true;
        renamed.ifPresent(Account::askLogout);
    }

    /** Somebody has begun to give it a new id. */
    void askRename() {
        renames++;
        endAsked = true;
        renamed.ifPresent(Account::askRename);
    }

    /** The client goes on with it under a new id. */
    void becomes(Account next) {
        renamed = Optional.of(next);
        if (logoutAsked) {
            next.askLogout();
        }
        if (renames > 1) {
            next.askRename();
        }
    }
}
