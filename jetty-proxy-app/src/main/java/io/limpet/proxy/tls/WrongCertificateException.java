package io.limpet.proxy.tls;

import java.nio.file.Path;

/** A certificate, a key or a keystore that cannot be used. The message says why and what to do, and never what a key is. */
public final class WrongCertificateException extends Exception {

    private static final long serialVersionUID = 1L;

    WrongCertificateException(Path file, String problem) {
        super("'" + file + "' " + problem);
    }

    WrongCertificateException(Path file, String problem, Throwable cause) {
        super("'" + file + "' " + problem, cause);
    }
}
