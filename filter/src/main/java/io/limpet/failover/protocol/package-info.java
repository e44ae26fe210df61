/**
 * The protocol by which nodes agree on who owns a session, in plain classes: the record, the changes to it with their
 * rules, their binary formats, and the store that keeps them. Knows neither servlets nor Hazelcast.
 */
@NullMarked
package io.limpet.failover.protocol;

import org.jspecify.annotations.NullMarked;
