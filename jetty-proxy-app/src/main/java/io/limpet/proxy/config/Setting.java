package io.limpet.proxy.config;

import java.util.Arrays;
import java.util.Optional;

/** Every setting by its name in the file, which is also its init parameter, and by its option on the command line. */
public enum Setting {
    LISTEN("listen", "--listen", "HOST:PORT", "127.0.0.1:8080", "Where the proxy listens; port 0 takes any free one."),
    NODES(
            "nodes",
            "--node",
            "NAME=URL",
            "",
            "A node, as n1=http://127.0.0.1:8081; once for each. The name is the node's limpet.node; with ',tagging=container' behind it, of a node without the filter, its container's own route (jvmRoute)."),
    COOKIE("cookie", "--cookie", "NAME", "JSESSIONID", "The session cookie."),
    PATH_PARAMETER(
            "path-parameter",
            "--path-parameter",
            "NAME",
            "",
            "The path parameter that carries the session without cookies (jsessionid, or the cookie's name)."),
    SECRET(
            "secret",
            "LIMPET_SECRET",
            "SECRET",
            "",
            "Seals routes and probes, as it does in the nodes; in the file or the environment only, since everybody sees a command line."),
    HEALTH_KIND(
            "health.kind",
            "--health-kind",
            "KIND",
            "status",
            "status: the filter's status, which tells name and state (the default); path: any answer from 200 to 399, for nodes without the filter."),
    HEALTH_PATH(
            "health.path",
            "--health-path",
            "PATH",
            "/limpet/status",
            "Where nodes are probed, with the application's context."),
    HEALTH_INTERVAL("health.interval", "--health-interval", "TIME", "1s", "From probe to probe."),
    HEALTH_TIMEOUT("health.timeout", "--health-timeout", "TIME", "1s", "How long a probe may take."),
    HEALTH_RISE("health.rise", "--health-rise", "N", "2", "Good probes until a node is up again."),
    HEALTH_FALL("health.fall", "--health-fall", "N", "3", "Bad probes until a node is down."),
    HEALTH_METHOD("health.method", "--health-method", "METHOD", "GET", "How nodes are probed: GET, HEAD or OPTIONS."),
    HEALTH_EXPECT(
            "health.expect",
            "--health-expect",
            "STATUS,...",
            "200-399",
            "What a node without the filter answers when it is well, as 200,204 or 200-399."),
    HEALTH_FAILURES(
            "health.failures",
            "--health-failures",
            "N",
            "10",
            "Requests in a row that a node fails until they count as a bad probe; 0: they never do."),
    DISCOVERY_DNS(
            "discovery.dns",
            "--discovery-dns",
            "NAME:PORT,...",
            "",
            "Names of which each address is a node, as shop.default.svc:8080, or of services, as _http._tcp.shop."),
    DISCOVERY_HAZELCAST(
            "discovery.hazelcast",
            "--discovery-hazelcast",
            "HOST:PORT,...",
            "",
            "Where members of the failover cluster take clients: nodes that announce themselves there (limpet.url) are found."),
    DISCOVERY_CLUSTER("discovery.cluster", "--discovery-cluster", "NAME", "limpet", "The cluster's name."),
    DISCOVERY_INTERVAL("discovery.interval", "--discovery-interval", "TIME", "5s", "From one look to the next."),
    BALANCE(
            "balance",
            "--balance",
            "WAY",
            "two-choices",
            "How new sessions find a node: two-choices, round-robin, least-requests or weighted."),
    SLOW_START(
            "slow-start",
            "--slow-start",
            "TIME",
            "30s",
            "How long a node that has come up gets less than its share of new sessions; 0s: not at all."),
    TAKEOVER_RATE(
            "takeover.rate",
            "--takeover-rate",
            "N",
            "500",
            "How many requests of sessions that lost their node one other node gets in a second; 0: all at once."),
    TAKEOVER_WAIT(
            "takeover.wait", "--takeover-wait", "TIME", "5s", "How long such a request waits for its turn, else 503."),
    REBALANCE_RATE(
            "rebalance.rate",
            "--rebalance-rate",
            "N",
            "0",
            "With failover: how many idle sessions in a second move to a node that has fewer, at their next request; 0: none."),
    IGNORE(
            "ignore",
            "--ignore",
            "PATH,...",
            "",
            "Paths for which sessions do not matter, as /static/*, *.css or /favicon.ico: any node serves them."),
    TESTER_TOKEN(
            "tester-token",
            "LIMPET_TESTER_TOKEN",
            "TOKEN",
            "",
            "Who knows it reaches any node by the field or cookie 'limpet-tester: NODE:TOKEN', also in maintenance."),
    ON_LOST_OWNER(
            "on-lost-owner",
            "--on-lost-owner",
            "WHAT",
            "redistribute",
            "What becomes of a session whose node is gone and which no other node has: redistribute, or reject, a 503."),
    DRAIN_DEADLINE("drain.deadline", "--drain-deadline", "TIME", "30m", "How long a node may drain."),
    ADMIN(
            "admin",
            "--admin",
            "HOST:PORT",
            "127.0.0.1:9090",
            "Where dashboard, API and metrics are, for operators alone; off: nowhere."),
    ADMIN_TOKEN(
            "admin-token",
            "LIMPET_ADMIN_TOKEN",
            "TOKEN",
            "",
            "Who knows it may change things over there; in the file or the environment only. Without one nobody may."),
    ADMIN_PEERS(
            "admin-peers",
            "--admin-peers",
            "HOST:PORT,...",
            "",
            "The admin listeners of other proxies: orders of operators are told there, and asked for. A name stands for all its addresses."),
    ACCESS_LOG(
            "access-log.to",
            "--access-log",
            "WHERE",
            "off",
            "Where requests are written down: stdout, a file, or off."),
    ACCESS_LOG_FORMAT("access-log.format", "--access-log-format", "FORMAT", "json", "How: json, or combined."),
    TRACING(
            "tracing",
            "--tracing",
            "true|false",
            "false",
            "Whether there is an OpenTelemetry span of each request; where it is sent, OTEL_EXPORTER_OTLP_ENDPOINT says."),
    TIMEOUT_CONNECT(
            "timeouts.connect", "--connect-timeout", "TIME", "2s", "How long a connection to a node may take to open."),
    TIMEOUT_IDLE(
            "timeouts.idle",
            "--idle-timeout",
            "TIME",
            "60s",
            "How long node or client may be silent; there is no limit on the whole."),
    TIMEOUT_TUNNEL("timeouts.tunnel", "--tunnel-timeout", "TIME", "60m", "How long a WebSocket may be silent."),
    LIMIT_HEAD(
            "limits.head",
            "--max-head",
            "SIZE",
            "64k",
            "How long a head may be, of a request (else 431) or of a response."),
    LIMIT_FIELDS("limits.fields", "--max-fields", "N", "200", "How many field lines a request may have, else 431."),
    LIMIT_CONNECTIONS(
            "limits.connections",
            "--max-connections",
            "N",
            "10000",
            "How many connections clients may have; more wait."),
    LIMIT_REQUESTS("limits.requests", "--max-requests", "N", "10000", "How many requests a connection may bring."),
    LIMIT_HEAD_TIME("limits.head-time", "--head-timeout", "TIME", "20s", "How long a client may take for a head."),
    LIMIT_BODY_RATE(
            "limits.body-rate",
            "--min-body-rate",
            "BYTES",
            "240",
            "What a client has to send of a body in a second, else 408; 0 takes any."),
    LIMIT_RESPONSE_RATE(
            "limits.response-rate",
            "--min-response-rate",
            "BYTES",
            "240",
            "What a client has to take of a response in a second, else it is cut off; 0 lets it take its time."),
    LIMIT_BODY("limits.body", "--max-body", "SIZE", "0", "How long a request's body may be, else 413; 0 is no limit."),
    LIMIT_NODE_CONNECTIONS(
            "limits.node-connections",
            "--max-node-connections",
            "N",
            "1024",
            "How many connections one node gets; probes and WebSockets do not count."),
    LIMIT_NODE_QUEUE(
            "limits.node-queue",
            "--max-node-queue",
            "N",
            "1024",
            "How many requests may wait for one of a node's connections; more are answered 503."),
    LIMIT_NODE_QUEUE_TIME(
            "limits.node-queue-time",
            "--node-queue-timeout",
            "TIME",
            "10s",
            "How long a request waits for one of its node's connections, else 503."),
    AMBIGUOUS_PATHS(
            "ambiguous-paths",
            "--ambiguous-paths",
            "reject|pass",
            "reject",
            "Whether /a//b and /a%2Fb, which servers read differently, are answered 400 or passed on as they are."),
    LIMIT_STREAMS(
            "limits.streams",
            "--max-streams",
            "N",
            "100",
            "How many requests an HTTP/2 connection may have under way; more are refused."),
    LIMIT_EVENTS(
            "limits.events",
            "--max-events",
            "N",
            "128",
            "How many resets, pings, settings and the like an HTTP/2 connection may send in a second, else it ends."),
    HTTP2(
            "http2",
            "--http2",
            "true|false",
            "true",
            "Whether clients may speak HTTP/2: over TLS by ALPN, in clear with prior knowledge."),
    LANE(
            "lane",
            "--lane",
            "fast|servlet",
            "servlet",
            "Whether plain requests of HTTP/1.1 go past the servlet API, which costs less, or all go through it."),
    TLS_LISTEN(
            "tls.listen",
            "--tls-listen",
            "HOST:PORT",
            "",
            "Where the proxy listens with TLS (127.0.0.1:8443 when there is a certificate)."),
    TLS_CERTIFICATE(
            "tls.certificate",
            "--tls-certificate",
            "FILE,...",
            "",
            "Certificate and chain in PEM, one file for each server name; read again when they change."),
    TLS_KEY(
            "tls.key",
            "--tls-key",
            "FILE,...",
            "",
            "The certificates' keys in PEM, in the same order; without, each stands in its certificate's file."),
    TLS_KEYSTORE("tls.keystore", "--tls-keystore", "FILE", "", "Certificates and keys in a PKCS#12 keystore."),
    TLS_PASSWORD("tls.password", "LIMPET_TLS_PASSWORD", "PASSWORD", "", "The keystore's password."),
    NODES_TRUST(
            "nodes-tls.trust",
            "--nodes-trust",
            "FILE",
            "",
            "The authorities, in PEM, of nodes with https, instead of those that the JDK trusts."),
    PROXY_PROTOCOL(
            "proxy-protocol",
            "--proxy-protocol",
            "true|false",
            "false",
            "Whether connections begin with a PROXY header, v1 or v2."),
    TRUSTED_PROXIES(
            "trusted-proxies",
            "--trusted-proxies",
            "CIDR,...",
            "",
            "Proxies in front, as 10.0.0.0/8: what they tell of the client is kept, their PROXY headers believed."),
    FORWARDED(
            "forwarded",
            "--forwarded",
            "FIELDS",
            "x-forwarded",
            "Where proxies in front tell of the client: x-forwarded, in X-Forwarded-*, or forwarded (RFC 7239). Only that is believed.");

    private final String key;
    private final String option;
    private final String label;
    private final String fallback;
    private final String meaning;

    Setting(String key, String option, String label, String fallback, String meaning) {
        this.key = key;
        this.option = option;
        this.label = label;
        this.fallback = fallback;
        this.meaning = meaning;
    }

    /** The dotted name in the file and as an init parameter: {@code health.interval}. */
    public String key() {
        return key;
    }

    /** The option on the command line, {@code --health-interval}; of a secret, the environment variable. */
    public String option() {
        return option;
    }

    /** Whether it may stand on the command line, which everybody on the machine can read. */
    public boolean isOption() {
        return option.startsWith("--");
    }

    /** Whether there may be several values, with commas between them or each by itself. */
    boolean isList() {
        return label.endsWith(",...");
    }

    /** What kind of value it takes, in a word: {@code TIME}. */
    public String label() {
        return label;
    }

    /** The text that counts when nothing was given; empty when there is none. */
    public String fallback() {
        return fallback;
    }

    /** What it does, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** The setting of this dotted name. */
    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }
}
