package io.limpet.filter;

import io.limpet.route.Secret;
import java.util.List;

/** The secrets that seal routes and status now: the first one signs, all verify. None: routes in clear text. */
@FunctionalInterface
interface ActiveSecrets {

    /** The same list until they change; none for good, or never none. */
    List<Secret> now();
}
