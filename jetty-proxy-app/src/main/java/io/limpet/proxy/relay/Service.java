package io.limpet.proxy.relay;

/** What is done with the requests of this lane. */
public interface Service {

    /**
     * Answers, now or later, on any thread; must not block. The request ends by {@link RelayedRequest#giveBack} or {@link
     * RelayedRequest#cut}.
     */
    void serve(RelayedRequest request, RelayedResponse response);
}
