package io.limpet.proxy.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where one certificate, or several, and their keys are. Immutable; the files behind it are not. */
public sealed interface CertificateSource {

    /** The files that it is read from. */
    Set<Path> files();

    /**
     * Adds what it has to the keystore, under aliases that begin with this prefix.
     *
     * @throws WrongCertificateException when it cannot be used
     */
    void addTo(KeyStore keyStore, String prefix, char[] password) throws WrongCertificateException;

    /**
     * PEM files (RFC 7468).
     *
     * @param chain the server's certificate, and behind it those that lead to an authority
     * @param key the private key, PKCS#8 without a password; may be the same file
     */
    record Pem(Path chain, Path key) implements CertificateSource {

        @Override
        public Set<Path> files() {
            return new LinkedHashSet<>(List.of(chain, key));
        }

        @Override
        public void addTo(KeyStore keyStore, String prefix, char[] password) throws WrongCertificateException {
            List<X509Certificate> certificates = PemFile.read(chain).certificates();
            PrivateKey secret = PemFile.read(key).key();
            if (!KeyPairCheck.isPair(secret, certificates.get(0).getPublicKey())) {
                throw new WrongCertificateException(
                        key,
                        "is not the key of the first certificate in '" + chain + "'; the server's own stands first");
            }
            try {
                keyStore.setKeyEntry(prefix, secret, password, certificates.toArray(Certificate[]::new));
            } catch (GeneralSecurityException e) {
                throw new WrongCertificateException(chain, "cannot be used: " + e.getMessage(), e);
            }
        }
    }

    /**
     * A keystore, PKCS#12 or JKS.
     *
     * @param file the keystore
     * @param password opens it, and the keys in it
     */
    record Store(Path file, String password) implements CertificateSource {

        @Override
        public Set<Path> files() {
            return Set.of(file);
        }

        @Override
        public void addTo(KeyStore keyStore, String prefix, char[] newPassword) throws WrongCertificateException {
            byte[] bytes = PemFile.bytes(file);
            int keys = 0;
            try {
                KeyStore from = KeyStore.getInstance("PKCS12");
                from.load(new ByteArrayInputStream(bytes), password.toCharArray());
                for (String alias : Collections.list(from.aliases())) {
                    Key key = from.getKey(alias, password.toCharArray());
                    Certificate[] chain = from.getCertificateChain(alias);
                    if (key instanceof PrivateKey && chain != null) {
                        keyStore.setKeyEntry(prefix + "-" + alias, key, newPassword, chain);
                        keys++;
                    }
                }
            } catch (IOException | GeneralSecurityException e) {
                throw new WrongCertificateException(
                        file, "is no PKCS#12 keystore, or its password, LIMPET_TLS_PASSWORD, is another", e);
            }
            if (keys == 0) {
                throw new WrongCertificateException(file, "has no private key with a certificate");
            }
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Store[" + file + "]";
        }
    }
}
