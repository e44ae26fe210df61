package io.limpet.proxy.journal;

import java.util.List;

/**
 * Is told of every request that comes to the proxy: twice, when it has come and when it is over. What is told is over adds
 * up to what has come, less what is under way.
 *
 * <p>Called by any thread, on the way of the request: it must neither block nor throw.
 */
public interface Journal {

    /** Nobody writes anything down. */
    Journal NONE = all(List.of());

    /** A request has come. */
    void begun();

    /** A request is over. It may be asked for what it was only until this returns. */
    void finished(Finished request);

    /** One journal for all of these. */
    static Journal all(List<Journal> journals) {
        List<Journal> told = List.copyOf(journals);
        return new Journal() {
            @Override
            public void begun() {
                for (Journal journal : told) {
                    journal.begun();
                }
            }

            @Override
            public void finished(Finished request) {
                for (Journal journal : told) {
                    journal.finished(request);
                }
            }
        };
    }
}
