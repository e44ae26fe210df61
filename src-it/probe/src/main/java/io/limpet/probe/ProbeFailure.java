package io.limpet.probe;

import jakarta.servlet.ServletException;

/** An exception that a script wants thrown at the container. */
final class ProbeFailure extends ServletException {

    private static final long serialVersionUID = 1L;

    ProbeFailure() {
        super("as the script says");
    }
}
