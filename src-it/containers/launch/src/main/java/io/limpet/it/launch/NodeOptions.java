package io.limpet.it.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a launcher is to serve.
 *
 * @param port on 127.0.0.1, 0 for any free one
 * @param wars the applications, at least one
 */
public record NodeOptions(int port, List<War> wars) {

    private static final String WRITE =
            "write --port N --war FILE [--context /PATH] [--war FILE --context /PATH]..., not: ";

    /**
     * One application.
     *
     * @param file as its build left it
     * @param context the context path, empty for the root
     */
    public record War(Path file, String context) {}

    /** @throws IllegalArgumentException for anything but {@code --port N --war FILE [--context /PATH]}; wars may repeat */
    static NodeOptions parse(String[] args) {
        int port = -1;
        List<War> wars = new ArrayList<>();
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            int last = wars.size() - 1;
            if (args[i].equals("--port")) {
                port = Integer.parseInt(value);
            } else if (args[i].equals("--war")) {
                wars.add(new War(Path.of(value), ""));
            } else if (args[i].equals("--context") && last >= 0) {
                wars.set(last, new War(wars.get(last).file(), value));
            } else {
                throw new IllegalArgumentException(WRITE + String.join(" ", args));
            }
        }
        if (port < 0 || wars.isEmpty()) {
            throw new IllegalArgumentException(WRITE + String.join(" ", args));
        }
        return new NodeOptions(port, List.copyOf(wars));
    }
}
