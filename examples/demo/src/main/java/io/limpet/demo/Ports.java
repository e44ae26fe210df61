package io.limpet.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of 127.0.0.1.
 *
 * <p>They are needed before the processes that will listen on them, and again after one was killed. So they come from
 * below the range out of which systems number outgoing connections (32768 on Linux, 49152 elsewhere): nobody takes them
 * by chance in between.
 */
final class Ports {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 31_999;
    private static final int TRIES = 2_000;

    // 127.0.0.1 and not "the loopback address", which may be ::1
    private static final byte[] LOCAL = {127, 0, 0, 1};

    private Ports() {}

    /**
     * That many different free ports, in ascending order.
     *
     * @throws StartFailedException when they cannot be found
     */
    static List<Integer> choose(int count) throws StartFailedException {
        TreeSet<Integer> free = new TreeSet<>();
        for (int i = 0; i < TRIES && free.size() < count; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            if (isFree(port)) {
                free.add(port);
            }
        }
        if (free.size() < count) {
            throw new StartFailedException("only " + free.size() + " of " + count + " ports between " + LOWEST + " and "
                    + HIGHEST + " are free on 127.0.0.1; end what uses them");
        }
        return List.copyOf(free);
    }

    /** Whether something could listen there now. */
    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByAddress(LOCAL))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
