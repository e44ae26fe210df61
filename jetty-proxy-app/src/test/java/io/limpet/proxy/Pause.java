package io.limpet.proxy;

import io.limpet.proxy.journal.Finished;
import io.limpet.proxy.journal.Journal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Holds a request that is over before the server has it back, which makes a tunnel of it where one was agreed to.
 *
 * @param reached completed when it is held
 * @param until what it is held for; 10 s at most
 */
record Pause(CompletableFuture<Void> reached, CompletableFuture<?> until) implements Journal {

    @Override
    public void begun() {
        // goes on
    }

    @Override
    public void finished(Finished request) {
        reached.complete(null);
        until.copy().completeOnTimeout(null, 10, TimeUnit.SECONDS).join();
    }
}
