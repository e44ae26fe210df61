package io.limpet.proxy.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a PEM file (RFC 7468): certificates, and perhaps a key. What else is in it is skipped.
 *
 * <p>Neither the JDK 17 nor Jetty reads keys in this form, and the libraries that do bring Bouncy Castle along.
 */
final class PemFile {

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40}+)-----([^-]*+)-----END \\1-----");
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private final Path file;
    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<PrivateKey> keys = new ArrayList<>();

    private PemFile(Path file) {
        this.file = file;
    }

    /** @throws WrongCertificateException when it cannot be read, or a block in it means nothing */
    static PemFile read(Path file) throws WrongCertificateException {
        PemFile pem = new PemFile(file);
        Matcher blocks = BLOCK.matcher(pem.text());
        while (blocks.find()) {
            pem.add(blocks.group(1), blocks.group(2));
        }
        return pem;
    }

    /** @throws WrongCertificateException when it cannot be read */
    static byte[] bytes(Path file) throws WrongCertificateException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new WrongCertificateException(file, "is no file; write the path of one", e);
        } catch (IOException e) {
            throw new WrongCertificateException(file, "cannot be read; let this process read it", e);
        }
    }

    private String text() throws WrongCertificateException {
        return new String(bytes(file), StandardCharsets.ISO_8859_1);
    }

    private void add(String kind, String base64) throws WrongCertificateException {
        switch (kind) {
            case "CERTIFICATE" -> certificates.add(certificate(decoded(base64)));
            case "PRIVATE KEY" -> keys.add(key(decoded(base64)));
            case "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY" ->
                throw new WrongCertificateException(
                        file,
                        "has an '" + kind + "', which must be a PKCS#8 key without a password; write one with 'openssl"
                                + " pkcs8 -topk8 -nodes'");
            default -> {
                // parameters of a curve, a request, a comment
            }
        }
    }

    private byte[] decoded(String base64) throws WrongCertificateException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new WrongCertificateException(file, "is no PEM: " + e.getMessage(), e);
        }
    }

    private X509Certificate certificate(byte[] der) throws WrongCertificateException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new WrongCertificateException(file, "has a certificate that cannot be read", e);
        }
    }

    /** The encoding names the algorithm, but the JDK has to be told it. */
    private PrivateKey key(byte[] der) throws WrongCertificateException {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // a key for another algorithm
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has RSA, EC and EdDSA", e);
            }
        }
        throw new WrongCertificateException(file, "has a key that is neither RSA nor EC nor EdDSA");
    }

    /** @throws WrongCertificateException when there is none */
    List<X509Certificate> certificates() throws WrongCertificateException {
        if (certificates.isEmpty()) {
            throw new WrongCertificateException(file, "has no certificate in PEM ('-----BEGIN CERTIFICATE-----')");
        }
        return certificates;
    }

    /** @throws WrongCertificateException when there is not exactly one */
    PrivateKey key() throws WrongCertificateException {
        if (keys.size() != 1) {
            throw new WrongCertificateException(
                    file,
                    "has " + keys.size() + " private keys in PEM; there must be one, '-----BEGIN PRIVATE KEY-----'");
        }
        return keys.get(0);
    }
}
