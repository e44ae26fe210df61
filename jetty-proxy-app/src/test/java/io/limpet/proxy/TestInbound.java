package io.limpet.proxy;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Http2;
import io.limpet.proxy.config.Inbound;
import io.limpet.proxy.config.ListenAddress;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.config.SettingsReader;
import io.limpet.proxy.config.Tls;
import io.limpet.proxy.config.TrustedProxies;
import io.limpet.proxy.tls.Certificates;
import io.limpet.proxy.tls.TestCertificate;
import java.util.List;

/** Ways in which clients reach a proxy under test, from settings as an operator writes them. */
final class TestInbound {

    private TestInbound() {}

    /** Without TLS, with this one setting. */
    static Inbound with(Setting setting, String value) {
        return of(new GivenSettings().add(setting, value, setting.option()));
    }

    /** These proxies are trusted, and send a PROXY header. */
    static Inbound proxyProtocolFrom(String trusted) {
        return trusting(trusted, Setting.PROXY_PROTOCOL, "true");
    }

    /** These proxies are trusted, with this one setting. */
    static Inbound trusting(String trusted, Setting setting, String value) {
        return of(new GivenSettings()
                .add(setting, value, setting.option())
                .add(Setting.TRUSTED_PROXIES, trusted, "--trusted-proxies"));
    }

    /** Over TLS, with this certificate, besides. */
    static Inbound overTls(TestCertificate certificate) {
        return new Inbound(
                new Tls.On(new ListenAddress("127.0.0.1", 0), new Certificates(List.of(certificate.pem()))),
                new Http2(true, 100, 128),
                false,
                TrustedProxies.NONE,
                TestProxy.LANE);
    }

    private static Inbound of(GivenSettings given) {
        return SettingsReader.read(given.add(Setting.LANE, TestProxy.LANE.toString(), "--lane")
                        .add(Setting.NODES, "n1=http://127.0.0.1:1", "--node"))
                .inbound();
    }
}
