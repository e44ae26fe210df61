package io.limpet.proxy.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What holds for every request that reaches an origin, whatever the client has sent. */
final class OriginRules {

    /** What no trailer may say (RFC 9110 §6.5.1): framing, routing, authentication, and what only the proxy says. */
    private static final Set<String> NEVER_TRAILERS = Set.of(
            "authorization",
            "cache-control",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "expect",
            "host",
            "keep-alive",
            "max-forwards",
            "proxy-authorization",
            "range",
            "set-cookie",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** What an origin that reads underscores as hyphens takes for the message's form. */
    private static final Set<String> FRAMING = Set.of("connection", "content-length", "host", "transfer-encoding");

    private static final Set<String> OF_THE_CLIENTS_CONNECTION =
            Set.of("keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "http2-settings");

    private OriginRules() {}

    /** Whether only the proxy may say this; the name is a loose key. */
    static boolean isProxys(String key) {
        return key.equals("forwarded")
                || key.startsWith("x-forwarded")
                || key.equals("x-real-ip")
                || key.startsWith("limpet-");
    }

    static List<Finding> brokenBy(Head head, Body body) {
        List<Finding> findings = new ArrayList<>();
        checkIdentity(head, findings);
        for (Field field : head.fields()) {
            if (FRAMING.contains(field.looseKey()) && !field.key().equals(field.looseKey())) {
                findings.add(new Finding(Finding.Kind.FORGED, field.toString()));
            }
            if (OF_THE_CLIENTS_CONNECTION.contains(field.key())) {
                findings.add(new Finding(Finding.Kind.LEAKED, field.toString()));
            }
        }
        for (String protocol : head.tokens("upgrade")) {
            if (protocol.matches("(h2|h3|http|tls).*")) {
                findings.add(new Finding(Finding.Kind.LEAKED, "Upgrade: " + protocol));
            }
        }
        for (Field trailer : body.trailers()) {
            if (NEVER_TRAILERS.contains(trailer.looseKey()) || isProxys(trailer.looseKey())) {
                findings.add(new Finding(Finding.Kind.FORGED, "trailer " + trailer));
            }
        }
        PrivatePath.in(head.target().text())
                .ifPresent(path ->
                        findings.add(new Finding(Finding.Kind.PRIVATE, head.target() + " can be read as " + path)));
        return findings;
    }

    /** The clients of these tests are all on this machine, and speak HTTP without TLS. */
    private static void checkIdentity(Head head, List<Finding> findings) {
        String host = String.join(", ", head.values("host"));
        expect(head, "x-forwarded-for", "127\\.0\\.0\\.1", findings);
        expect(head, "x-forwarded-proto", "http", findings);
        expect(head, "x-forwarded-port", "[0-9]+", findings);
        expect(head, "limpet-route", "owner|fresh|takeover(;from=[A-Za-z0-9_-]+)?", findings);
        // a client of HTTP/1.0 may have named no host, which is made up for the node
        boolean named = head.fields().stream().anyMatch(field -> field.key().equals("x-forwarded-host"));
        if (named) {
            expect(head, "x-forwarded-host", Pattern.quote(host), findings);
        }
        String quoted = named ? ";host=\"" + host + "\"" : "";
        expect(head, "forwarded", Pattern.quote("for=127.0.0.1" + quoted + ";proto=http"), findings);
        Set<String> known = Set.of(
                "x-forwarded-for",
                "x-forwarded-proto",
                "x-forwarded-port",
                "x-forwarded-host",
                "forwarded",
                "limpet-route");
        for (Field field : head.fields()) {
            if (isProxys(field.looseKey()) && !known.contains(field.key())) {
                findings.add(new Finding(Finding.Kind.FORGED, field.toString()));
            }
        }
    }

    private static void expect(Head head, String key, String pattern, List<Finding> findings) {
        List<String> values = head.values(key);
        if (values.size() != 1 || !values.get(0).matches(pattern)) {
            findings.add(new Finding(Finding.Kind.FORGED, key + ": " + values));
        }
    }
}
