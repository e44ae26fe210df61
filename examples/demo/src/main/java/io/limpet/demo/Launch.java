package io.limpet.demo;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * How one process is started, and how one sees that it is up.
 *
 * @param name n1, n2, ... or proxy
 * @param port where it listens on 127.0.0.1
 * @param command the program and its arguments
 * @param environment the Limpet settings of the process; it inherits everything else
 * @param ready answers 200 as soon as the process is up
 * @param readyText stands in that answer only when the process can do its work; may be empty
 */
record Launch(
        String name, int port, List<String> command, Map<String, String> environment, URI ready, String readyText) {

    private static final String OURS = "LIMPET_";

    Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** The builder of the process; what the user's own environment says to Limpet is not meant for the demo. */
    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.startsWith(OURS));
        builder.environment().putAll(environment);
        return builder;
    }
}
