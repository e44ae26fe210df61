package io.limpet.failover.protocol;

/**
 * A session known by another id: its record is kept under the key of its first one. A pointer never points at a
 * pointer.
 *
 * @param key where the record is
 */
public record Pointer(String key) implements Entry {}
