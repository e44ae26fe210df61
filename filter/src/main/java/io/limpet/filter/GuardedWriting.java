package io.limpet.filter;

import io.limpet.failover.Work;
import io.limpet.failover.Work.AtWork;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** An application's listener, at work for its request while the container has it write. */
record GuardedWriting(WriteListener application, Work work) implements WriteListener {

    @Override
    public void onWritePossible() throws IOException {
        AtWork here = work.begin();
        try (here) {
            application.onWritePossible();
        }
    }

    @Override
    public void onError(Throwable failure) {
        AtWork here = work.begin();
        try (here) {
            application.onError(failure);
        }
    }
}
