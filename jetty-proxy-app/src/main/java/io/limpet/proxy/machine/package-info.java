/** What the machine knows of this process's sockets and Java does not tell. */
@NullMarked
package io.limpet.proxy.machine;

import org.jspecify.annotations.NullMarked;
