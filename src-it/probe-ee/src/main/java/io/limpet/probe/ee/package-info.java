/** The shop's API and a page of Jakarta Faces, whose state the server's own CDI and Faces keep in the session. */
@NullMarked
package io.limpet.probe.ee;

import org.jspecify.annotations.NullMarked;
