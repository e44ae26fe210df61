package io.limpet.filter;

import io.limpet.failover.Work;
import io.limpet.failover.Work.AtWork;
import jakarta.servlet.ReadListener;
import java.io.IOException;

/** An application's listener, at work for its request while the container has it read. */
record GuardedReading(ReadListener application, Work work) implements ReadListener {

    @Override
    public void onDataAvailable() throws IOException {
        AtWork here = work.begin();
        try (here) {
            application.onDataAvailable();
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        AtWork here = work.begin();
        try (here) {
            application.onAllDataRead();
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
