package io.limpet.proxy.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All certificates of a proxy; the client's server name (RFC 6066 §3) chooses among them.
 *
 * @param sources at least one; the first one's is for clients that name none
 */
public record Certificates(List<CertificateSource> sources) {

    /** Of the keystore in memory, which nobody but this process sees: the JDK takes no empty one. */
    public static final String PASSWORD = "in-memory";

    /** Keeps its own copy. */
    public Certificates {
        sources = List.copyOf(sources);
    }

    /** The files behind it. */
    public Set<Path> files() {
        return sources.stream().flatMap(source -> source.files().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** What is wrong with them now; empty when they can be used. */
    public List<WrongCertificateException> problems() {
        List<WrongCertificateException> problems = new ArrayList<>();
        KeyStore keyStore = empty();
        for (CertificateSource source : sources) {
            try {
                source.addTo(keyStore, "0", PASSWORD.toCharArray());
            } catch (WrongCertificateException e) {
                problems.add(e);
            }
        }
        return problems;
    }

    /**
     * Reads the files as they are now.
     *
     * @throws WrongCertificateException when one of them cannot be used
     */
    public KeyStore load() throws WrongCertificateException {
        KeyStore keyStore = empty();
        for (int i = 0; i < sources.size(); i++) {
            // aliases in the order of the sources, for whoever takes the first
            sources.get(i).addTo(keyStore, String.format("%04d", i), PASSWORD.toCharArray());
        }
        return keyStore;
    }

    private static KeyStore empty() {
        try {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(null, null);
            return keyStore;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PKCS#12", e);
        }
    }
}
