/** An application that talks in every way in which HTTP can: large bodies, events, WebSockets. */
@NullMarked
package io.limpet.talk;

import org.jspecify.annotations.NullMarked;
