package io.limpet.proxy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The paths that nodes answer to the proxy alone, in any context: their status, and the order to drain. From outside
 * they do not exist.
 */
final class PrivatePaths {

    private static final List<String> ENDINGS = List.of("/limpet/status", "/limpet/drain");

    private PrivatePaths() {}

    /**
     * Whether a path is one of them.
     *
     * @param canonicalPath decoded, without parameters and dot segments, as a container would map it; null when the
     *     request has none
     */
    static boolean include(@Nullable String canonicalPath) {
        if (canonicalPath == null) {
            return false;
        }
        for (String ending : ENDINGS) {
            // what follows is refused too: a container may map a longer path to the same filter
            if (canonicalPath.endsWith(ending) || canonicalPath.contains(ending + "/")) {
                return true;
            }
        }
        return false;
    }
}
