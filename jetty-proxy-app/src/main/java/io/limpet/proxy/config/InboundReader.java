package io.limpet.proxy.config;

import io.limpet.proxy.tls.CertificateSource;
import io.limpet.proxy.tls.Certificates;
import io.limpet.proxy.tls.Trust;
import io.limpet.proxy.tls.WrongCertificateException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads how clients reach the proxy, and opens every certificate once, so that a wrong one stops the start. */
final class InboundReader {

    private final GivenSettings given;
    private final Mistakes mistakes;
    private final ValueReader values;

    InboundReader(GivenSettings given, Mistakes mistakes, ValueReader values) {
        this.given = given;
        this.mistakes = mistakes;
        this.values = values;
    }

    Inbound read() {
        return new Inbound(
                tls(),
                new Http2(
                        values.yesOrNo(given.one(Setting.HTTP2)),
                        values.number(given.one(Setting.LIMIT_STREAMS), 1),
                        values.number(given.one(Setting.LIMIT_EVENTS), 1)),
                values.yesOrNo(given.one(Setting.PROXY_PROTOCOL)),
                trustedProxies(),
                lane());
    }

    private Lane lane() {
        Given value = given.one(Setting.LANE);
        Optional<Lane> lane = Lane.of(value.text());
        if (lane.isEmpty()) {
            mistakes.add(value, "is no lane", "fast' or 'servlet");
        }
        return lane.orElse(Lane.SERVLET);
    }

    private Tls tls() {
        List<CertificateSource> sources = new ArrayList<>(pems());
        for (Path store : paths(Setting.TLS_KEYSTORE)) {
            sources.add(new CertificateSource.Store(store, password()));
        }
        if (sources.isEmpty()) {
            // an address for TLS is no use without anything to show there
            given.all(Setting.TLS_LISTEN)
                    .forEach(listen -> mistakes.add(listen.where() + ": there is no certificate to show there; write "
                            + Setting.TLS_CERTIFICATE.key() + " and " + Setting.TLS_KEY.key() + ", or "
                            + Setting.TLS_KEYSTORE.key()));
            return new Tls.Off();
        }
        Certificates certificates = new Certificates(sources);
        String where = given.all(Setting.TLS_CERTIFICATE).isEmpty()
                ? Setting.TLS_KEYSTORE.key()
                : Setting.TLS_CERTIFICATE.key();
        certificates.problems().forEach(problem -> mistakes.add(where + ": " + problem.getMessage()));
        return new Tls.On(listen(), certificates);
    }

    private List<CertificateSource> pems() {
        List<Path> chains = paths(Setting.TLS_CERTIFICATE);
        List<Path> keys = paths(Setting.TLS_KEY);
        if (!keys.isEmpty() && keys.size() != chains.size()) {
            mistakes.add(Setting.TLS_KEY.key() + ": there are " + chains.size() + " certificates and " + keys.size()
                    + " keys; write a key for each certificate, in the same order, or none when each stands in the"
                    + " certificate's file");
            return List.of();
        }
        List<CertificateSource> pems = new ArrayList<>();
        for (int i = 0; i < chains.size(); i++) {
            pems.add(new CertificateSource.Pem(chains.get(i), keys.isEmpty() ? chains.get(i) : keys.get(i)));
        }
        return pems;
    }

    private ListenAddress listen() {
        List<Given> listen = given.all(Setting.TLS_LISTEN);
        return listen.isEmpty()
                ? new ListenAddress("127.0.0.1", 8443)
                : values.listenAddress(listen.get(listen.size() - 1));
    }

    private String password() {
        List<Given> password = given.all(Setting.TLS_PASSWORD);
        return password.isEmpty() ? "" : password.get(password.size() - 1).text();
    }

    private TrustedProxies trustedProxies() {
        List<AddressRange> ranges = new ArrayList<>();
        for (Given proxies : given.all(Setting.TRUSTED_PROXIES)) {
            for (String range : parts(proxies)) {
                try {
                    ranges.add(AddressRange.parse(range));
                } catch (IllegalArgumentException e) {
                    mistakes.add(new Given(range, proxies.where()), String.valueOf(e.getMessage()), "10.0.0.0/8");
                }
            }
        }
        return new TrustedProxies(ranges, forwardedBy());
    }

    private ForwardedBy forwardedBy() {
        Given value = given.one(Setting.FORWARDED);
        for (ForwardedBy way : ForwardedBy.values()) {
            if (way.toString().equals(value.text())) {
                return way;
            }
        }
        mistakes.add(value, "is nothing that proxies write", "x-forwarded' or 'forwarded");
        return ForwardedBy.X_FORWARDED;
    }

    /** The authorities for nodes with https. */
    Trust nodesTrust() {
        for (Path pem : paths(Setting.NODES_TRUST)) {
            try {
                return Trust.in(pem);
            } catch (WrongCertificateException e) {
                mistakes.add(Setting.NODES_TRUST.key() + ": " + e.getMessage());
            }
        }
        return Trust.OF_THE_JDK;
    }

    private List<Path> paths(Setting setting) {
        return given.all(setting).stream()
                .flatMap(value -> parts(value).stream())
                .map(Path::of)
                .toList();
    }

    private static List<String> parts(Given list) {
        return Arrays.stream(list.text().split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
