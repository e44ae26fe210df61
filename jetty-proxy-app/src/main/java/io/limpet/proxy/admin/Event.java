package io.limpet.proxy.admin;

/**
 * Something that happened.
 *
 * @param at when, in milliseconds since 1970
 * @param kind {@code state}, {@code order}, {@code takeover} or {@code reload}
 * @param node the node that it is about; empty when it is about none
 * @param state the node's state from then on; empty when it did not change
 * @param text what happened, in words
 */
record Event(long at, String kind, String node, String state, String text) {}
