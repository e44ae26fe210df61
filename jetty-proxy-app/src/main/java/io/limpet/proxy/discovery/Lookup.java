package io.limpet.proxy.discovery;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Where nodes may be; its string is what operators call it. */
public interface Lookup {

    /**
     * The addresses as they are now. May block.
     *
     * @throws IOException when nobody can tell
     */
    List<URI> addresses() throws IOException;

    /** For how long of looks that are answered an address may be missing, and a node that is well there stay one. */
    default Duration patience() {
        return Duration.ZERO;
    }
}
