package io.limpet.filter;

import io.limpet.failover.Work.AtWork;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** An application's listener, at work for its request while the container has it write. */
record GuardedWriting(WriteListener application, Exchange exchange) implements WriteListener {

    @Override
    public void onWritePossible() throws IOException {
        AtWork here = exchange.atWork();
        try (here) {
            application.onWritePossible();
        }
    }

    @Override
    public void onError(Throwable failure) {
        AtWork here = exchange.atWork();
        try (here) {
            application.onError(failure);
        }
    }
}
