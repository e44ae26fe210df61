package io.limpet.proxy;

import java.io.IOException;
import java.net.Socket;

/** How a node sees that the other side has gone. */
final class ClosedSockets {

    private ClosedSockets() {}

    /** Reads until there is nothing more to come, in order or by a reset. */
    static void awaitEnd(Socket connection) {
        try {
            int last = 0;
            while (last >= 0) {
                last = connection.getInputStream().read();
            }
        } catch (IOException e) {
            // a reset
        }
    }
}
