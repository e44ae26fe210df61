package io.limpet.proxy.admin;

/**
 * Something that happened.
 *
 * @param at when, in milliseconds since 1970
 * @param until when it ended, where it lasted
 * @param kind {@code state}, {@code order}, {@code takeover}, {@code rebalance} or {@code reload}
 * @param node the node that it is about; empty when it is about none
 * @param state the node's state from then on; empty when it did not change
 * @param count how many requests it is about; 0 when it is about none
 * @param text what happened, in words
 */
record Event(long at, long until, String kind, String node, String state, long count, String text) {}
