package io.limpet.failover.protocol;

/** The store that other tests stand on keeps what every store promises. */
class InMemorySessionStoreTest implements SessionStoreContract {

    private final SessionStore store = new InMemorySessionStore();

    @Override
    public SessionStore node(int number) {
        return store;
    }
}
