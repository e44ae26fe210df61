package io.limpet.failover.protocol;

/**
 * What the cluster holds under one key: a live session, the grave of one, or the way to one that changed its id. The
 * bytes of an entry are the business of {@link EntryFormat}.
 */
public sealed interface Entry permits SessionRecord, Tombstone, Pointer {}
