package io.limpet.it.launch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a launcher is to serve.
 *
 * @param port on 127.0.0.1, 0 for any free one
 * @param war the application as its build left it
 * @param context the context path, empty for the root
 */
public record NodeOptions(int port, Path war, String context) {

    /** @throws IllegalArgumentException for anything but {@code --port N --war FILE [--context /PATH]} */
    static NodeOptions parse(String[] args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            given.put(args[i], args[i + 1]);
        }
        String port = given.remove("--port");
        String war = given.remove("--war");
        String context = given.getOrDefault("--context", "");
        given.remove("--context");
        if (port == null || war == null || !given.isEmpty() || args.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "write --port N --war FILE [--context /PATH], not: " + String.join(" ", args));
        }
        return new NodeOptions(Integer.parseInt(port), Path.of(war), context);
    }
}
