package io.limpet.proxy.discovery;

import java.io.IOException;
import java.util.List;

/** Where nodes may be. */
interface Lookup {

    /**
     * The addresses as they are now. May block.
     *
     * @throws IOException when nobody can tell
     */
    List<HostAndPort> addresses() throws IOException;
}
