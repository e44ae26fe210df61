package io.limpet.proxy.config;

import java.util.List;

/** The settings cannot be used. */
public final class WrongSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> mistakes;

    WrongSettingsException(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Every mistake in a line of its own: where it stands, the value read, and what to write instead. */
    public List<String> mistakes() {
        return mistakes;
    }
}
