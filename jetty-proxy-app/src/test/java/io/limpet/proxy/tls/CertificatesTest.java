package io.limpet.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStoreException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {

    @TempDir
    private static Path directory;

    private static String problem(CertificateSource source) {
        List<WrongCertificateException> problems = new Certificates(List.of(source)).problems();
        assertThat(problems).hasSize(1);
        return String.valueOf(problems.get(0).getMessage());
    }

    private static int entries(CertificateSource source) throws WrongCertificateException, KeyStoreException {
        return new Certificates(List.of(source)).load().size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void aCertificateAndItsKeyInPem(String algorithm) throws Exception {
        TestCertificate certificate = TestCertificate.in(directory, algorithm, algorithm, new String[0]);

        assertThat(entries(certificate.pem())).isEqualTo(1);
        assertThat(entries(new CertificateSource.Store(certificate.keyStore(), TestCertificate.PASSWORD)))
                .isEqualTo(1);
    }

    @Test
    void bothMayStandInOneFile() throws Exception {
        TestCertificate certificate = TestCertificate.in(directory, "one");
        Path both = Files.writeString(
                directory.resolve("both.pem"),
                "a comment\n" + Files.readString(certificate.key()) + Files.readString(certificate.chain()));

        assertThat(entries(new CertificateSource.Pem(both, both))).isEqualTo(1);
    }

    @Test
    void whatIsWrongIsSaidWithTheFileAndWhatToDo() throws IOException {
        TestCertificate a = TestCertificate.in(directory, "a");
        TestCertificate b = TestCertificate.in(directory, "b");
        Path none = directory.resolve("none.pem");
        Path old = Files.writeString(
                directory.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Path broken = Files.writeString(
                directory.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThat(problem(new CertificateSource.Pem(none, a.key()))).contains("none.pem' is no file");
        assertThat(problem(new CertificateSource.Pem(a.chain(), b.key())))
                .contains("b.key' is not the key of the first");
        assertThat(problem(new CertificateSource.Pem(a.key(), a.key()))).contains("a.key' has no certificate");
        assertThat(problem(new CertificateSource.Pem(a.chain(), a.chain()))).contains("a.pem' has 0 private keys");
        assertThat(problem(new CertificateSource.Pem(a.chain(), old))).contains("openssl pkcs8 -topk8");
        assertThat(problem(new CertificateSource.Pem(broken, a.key()))).contains("broken.pem' has a certificate that");
        assertThat(problem(new CertificateSource.Store(a.keyStore(), "wrong"))).contains("LIMPET_TLS_PASSWORD");
        assertThat(problem(new CertificateSource.Store(a.chain(), "x"))).contains("is no PKCS#12 keystore");
    }

    @Test
    void eachWrongOneIsSaid() {
        CertificateSource none = new CertificateSource.Pem(directory.resolve("x"), directory.resolve("x"));
        Certificates both = new Certificates(List.of(none, none));

        assertThat(both.problems()).hasSize(2);
        assertThatThrownBy(both::load).isInstanceOf(WrongCertificateException.class);
    }

    @Test
    void aPasswordIsNotPrinted() {
        assertThat(new CertificateSource.Store(directory, "geheim").toString()).doesNotContain("geheim");
    }
}
