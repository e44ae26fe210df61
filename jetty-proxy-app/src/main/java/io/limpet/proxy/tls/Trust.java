package io.limpet.proxy.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Whose word is taken for a node's certificate.
 *
 * @param authorities none: those that the JDK trusts
 */
public record Trust(List<X509Certificate> authorities) {

    /** The JDK's own. */
    public static final Trust OF_THE_JDK = new Trust(List.of());

    /** Keeps its own copy. */
    public Trust {
        authorities = List.copyOf(authorities);
    }

    /**
     * The certificates of this PEM file, and no others.
     *
     * @throws WrongCertificateException when there is none in it
     */
    public static Trust in(Path pem) throws WrongCertificateException {
        return new Trust(PemFile.read(pem).certificates());
    }

    /** The authorities as a keystore; empty when they are the JDK's. */
    public Optional<KeyStore> keyStore() {
        if (authorities.isEmpty()) {
            return Optional.empty();
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry(String.valueOf(i), authorities.get(i));
            }
            return Optional.of(store);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PKCS#12", e);
        }
    }
}
