package io.limpet.failover.sim;

/** A browser: it knows one session's id, and whose it was. */
final class Client {

    final String name;
    Account account;
    String id = "";
    String route = "";

    Client(String name, Account account) {
        this.name = name;
        this.account = account;
    }
}
