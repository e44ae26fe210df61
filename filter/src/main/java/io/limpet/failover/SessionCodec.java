package io.limpet.failover;

import java.io.IOException;

/**
 * Writes one attribute's value as bytes and reads it back. Another one than {@link JavaSessionCodec} is found as a
 * {@link java.util.ServiceLoader} service. Safe for use by any number of threads.
 */
public interface SessionCodec {

    /**
     * Serializes one value.
     *
     * @throws IOException when the value, or something that it holds, cannot or must not be stored
     */
    byte[] write(Object value) throws IOException;

    /**
     * Reads one value back.
     *
     * @throws IOException when the bytes are not what this codec wrote, or hold a class that is unknown or refused
     */
    Object read(byte[] bytes) throws IOException;
}
