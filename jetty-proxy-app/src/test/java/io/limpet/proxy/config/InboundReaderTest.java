package io.limpet.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpet.proxy.tls.CertificateSource;
import io.limpet.proxy.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundReaderTest {

    private static GivenSettings oneNode() {
        return new GivenSettings().add(Setting.NODES, "n1=http://127.0.0.1:8081", "--node");
    }

    private static List<String> mistakes(GivenSettings given) {
        return catchThrowableOfType(WrongSettingsException.class, () -> SettingsReader.read(given))
                .mistakes();
    }

    private static GivenSettings with(Setting setting, String value) {
        return oneNode().add(setting, value, setting.option());
    }

    @Test
    void certificatesAndKeysInTheirOrder(@TempDir Path directory) throws IOException {
        TestCertificate a = TestCertificate.in(directory, "a");
        TestCertificate b = TestCertificate.in(directory, "b");
        Path file = Files.writeString(
                directory.resolve("limpet.yaml"),
                "nodes: {n1: 'http://127.0.0.1:8081'}\ntls:\n  listen: 0.0.0.0:443\n  certificate: [" + a.chain() + ", "
                        + b.chain() + "]\n  key: [" + a.key() + ", " + b.key() + "]\n");

        Tls.On tls =
                (Tls.On) SettingsFile.read(file, new GivenSettings()).inbound().tls();

        assertThat(tls.listen()).isEqualTo(new ListenAddress("0.0.0.0", 443));
        assertThat(tls.certificates().sources()).containsExactly(a.pem(), b.pem());
    }

    @Test
    void aKeystoreAndItsPassword(@TempDir Path directory) {
        TestCertificate a = TestCertificate.in(directory, "a");
        GivenSettings given = with(Setting.TLS_KEYSTORE, a.keyStore().toString())
                .add(Setting.TLS_PASSWORD, TestCertificate.PASSWORD, "LIMPET_TLS_PASSWORD");

        assertThat(SettingsReader.read(given).inbound().tls())
                .isInstanceOfSatisfying(
                        Tls.On.class, tls -> assertThat(tls.listen()).isEqualTo(new ListenAddress("127.0.0.1", 8443)))
                .isInstanceOfSatisfying(
                        Tls.On.class,
                        tls -> assertThat(tls.certificates().sources())
                                .containsExactly(new CertificateSource.Store(a.keyStore(), TestCertificate.PASSWORD)));
    }

    @Test
    void everyWrongCertificateIsListedWithTheOtherMistakes() {
        GivenSettings given = with(Setting.TLS_CERTIFICATE, "/none/a.pem, /none/b.pem")
                .add(Setting.LISTEN, "8080", "--listen")
                .add(Setting.NODES_TRUST, "/none/ca.pem", "--nodes-trust");

        assertThat(mistakes(given))
                .containsExactlyInAnyOrder(
                        "--listen: '8080' has no host; write '127.0.0.1:8080'",
                        "tls.certificate: '/none/a.pem' is no file; write the path of one",
                        "tls.certificate: '/none/b.pem' is no file; write the path of one",
                        "nodes-tls.trust: '/none/ca.pem' is no file; write the path of one");
    }

    @Test
    void anAddressForTlsNeedsACertificate() {
        assertThat(mistakes(with(Setting.TLS_LISTEN, "127.0.0.1:8443")))
                .singleElement()
                .asString()
                .startsWith("--tls-listen: there is no certificate to show there");
    }

    @Test
    void thereIsAKeyForEachCertificateOrNone() {
        GivenSettings given = with(Setting.TLS_CERTIFICATE, "a.pem,b.pem").add(Setting.TLS_KEY, "a.key", "--tls-key");

        assertThat(mistakes(given))
                .singleElement()
                .asString()
                .startsWith("tls.key: there are 2 certificates and 1 keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP2", "PROXY_PROTOCOL"})
    void yesAndNoAreTrueAndFalse(Setting setting) {
        assertThat(mistakes(with(setting, "yes")))
                .containsExactly(setting.option() + ": 'yes' is neither true nor false; write 'true' or 'false'");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/9, 10.128.0.1, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "0.0.0.0/0, 192.0.2.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "192.0.2.1, ::ffff:192.0.2.1, true"
    })
    void aTrustedProxyIsOneWhoseAddressHasThePrefix(String range, String peer, boolean trusted) throws IOException {
        TrustedProxies proxies = SettingsReader.read(with(Setting.TRUSTED_PROXIES, "203.0.113.9, " + range))
                .inbound()
                .trustedProxies();

        assertThat(proxies.include(InetAddress.getByName(peer))).isEqualTo(trusted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0.1/8", "10.0.0", "1.2.3.4.5", "256.0.0.1", "localhost", "::1/129", "x"})
    void whatIsNoRangeOfAddressesIsRefused(String range) {
        assertThat(mistakes(with(Setting.TRUSTED_PROXIES, range)))
                .singleElement()
                .asString()
                .startsWith("--trusted-proxies: '" + range + "' ")
                .endsWith("; write '10.0.0.0/8'");
    }
}
