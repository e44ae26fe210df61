package io.limpet.proxy.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that the operator sees all of it at once. Not safe for use by several threads. */
final class Mistakes {

    private final List<String> found = new ArrayList<>();

    /** A value that cannot be: {@code --listen: '8080' has no host; write '127.0.0.1:8080'}. */
    void add(Given given, String problem, String writeInstead) {
        add(given.where() + ": '" + given.text() + "' " + problem + "; write '" + writeInstead + "'");
    }

    void add(String mistake) {
        found.add(mistake);
    }

    /** @throws WrongSettingsException when there is any mistake */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new WrongSettingsException(found);
        }
    }
}
