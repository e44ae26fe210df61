package io.limpet.it.launch;

import java.util.List;

/** A container that serves applications. */
public interface Container {

    /** The port on 127.0.0.1 that it really has. */
    int port();

    /** Ends it in the order that it has for this: no new requests, then the application, then the rest. */
    void stop() throws Exception;

    /** Starts one kind of container. */
    @FunctionalInterface
    interface Starter {

        /** Returns when all applications serve, on 127.0.0.1 and this port, 0 for any free one; throws when one cannot. */
        Container start(int port, List<UnpackedWar> applications) throws Exception;
    }
}
