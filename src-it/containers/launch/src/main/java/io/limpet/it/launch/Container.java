package io.limpet.it.launch;

/** A container that serves the application. */
public interface Container {

    /** The port on 127.0.0.1 that it really has. */
    int port();

    /** Ends it in the order that it has for this: no new requests, then the application, then the rest. */
    void stop() throws Exception;

    /** Starts one kind of container. */
    @FunctionalInterface
    interface Starter {

        /** Returns when the application serves; throws when it cannot. */
        Container start(NodeOptions options, UnpackedWar war) throws Exception;
    }
}
