package io.limpet.it.cluster;

import java.util.List;

/**
 * Where a node runs: this machine, or a network of its own.
 *
 * @param command what has to stand before a command to run it there
 * @param address where it is reached by clients
 * @param memberAddress where it is reached by the other nodes
 */
public record Host(List<String> command, String address, String memberAddress) {

    /** This machine. */
    public static final Host LOOPBACK = new Host(List.of(), "127.0.0.1", "127.0.0.1");
}
