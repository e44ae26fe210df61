package io.limpet.proxy.peer;

/**
 * Another proxy as operators see it.
 *
 * @param address its admin listener
 * @param answers whether it took this proxy's orders when it was asked last
 * @param why why not; empty when it did
 */
public record PeerView(String address, boolean answers, String why) {}
