package io.limpet.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that vouches for itself, made by the JDK's keytool.
 *
 * @param chain the certificate in PEM
 * @param key its key in PEM
 * @param keyStore both in PKCS#12
 * @param certificate the same
 */
public record TestCertificate(Path chain, Path key, Path keyStore, X509Certificate certificate) {

    /** Opens the keystore. */
    public static final String PASSWORD = "changeit";

    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** One for 127.0.0.1, shared by all tests that need none of their own; made once, and gone with this JVM. */
    public static TestCertificate shared() {
        return Shared.CERTIFICATE;
    }

    private static final class Shared {
        static final TestCertificate CERTIFICATE = make();

        private static TestCertificate make() {
            try {
                Path directory = Files.createTempDirectory("shared-certificate");
                TestCertificate made = in(directory, "shared");
                // the last is deleted first
                for (Path path : List.of(directory, made.chain, made.key, made.keyStore)) {
                    path.toFile().deleteOnExit();
                }
                return made;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A new one for 127.0.0.1 and these names, in files of this name. */
    public static TestCertificate in(Path directory, String name, String... hosts) {
        return in(directory, name, "EC", hosts);
    }

    /** The same with a key for this algorithm: RSA, EC or Ed25519. */
    public static TestCertificate in(Path directory, String name, String algorithm, String[] hosts) {
        Path store = directory.resolve(name + ".p12");
        String names = Arrays.stream(hosts).map(host -> ",dns:" + host).collect(Collectors.joining());
        keytool(
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1" + names,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            X509Certificate certificate = (X509Certificate) keys.getCertificate("a");
            return new TestCertificate(
                    Files.writeString(directory.resolve(name + ".pem"), pem("CERTIFICATE", certificate.getEncoded())),
                    Files.writeString(
                            directory.resolve(name + ".key"),
                            pem(
                                    "PRIVATE KEY",
                                    keys.getKey("a", PASSWORD.toCharArray()).getEncoded())),
                    store,
                    certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + PEM.encodeToString(der) + "\n-----END " + kind + "-----\n";
    }

    private static void keytool(String... arguments) {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        try {
            List<String> command = new java.util.ArrayList<>(List.of(keytool.toString()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended).isTrue();
            assertThat(process.exitValue()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The PEM files as a proxy's source. */
    public CertificateSource pem() {
        return new CertificateSource.Pem(chain, key);
    }

    /** Puts the PEM files of the other one where this one's are. */
    public void replaceBy(TestCertificate other) {
        try {
            Files.copy(other.chain, chain, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(other.key, key, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that shows it, on a free port of this machine. */
    public ServerSocket serverSocket() {
        try {
            return serverContext().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's side of TLS that shows it. */
    public SSLContext serverContext() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client's side of TLS that trusts these. */
    public static SSLContext trusting(TestCertificate... trusted) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(new Trust(Arrays.stream(trusted)
                            .map(TestCertificate::certificate)
                            .toList())
                    .keyStore()
                    .orElseThrow());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
