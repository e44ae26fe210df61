/**
 * Requests that attack, and the oracle that judges what a proxy makes of them: it reads the client's bytes and what
 * reached the origin by the same strict rules, and compares.
 */
@NullMarked
package io.limpet.proxy.attack;

import org.jspecify.annotations.NullMarked;
