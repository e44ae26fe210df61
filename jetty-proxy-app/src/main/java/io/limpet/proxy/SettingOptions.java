package io.limpet.proxy;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The settings as options, all of them as text: the settings' own reader checks them, so that every mistake is found
 * and not only the first.
 */
final class SettingOptions {

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where the proxy listens (127.0.0.1:8080); port 0 takes any free one.")
    private @Nullable String listen;

    @Option(
            names = "--node",
            paramLabel = "NAME=URL",
            description = "A node, as n1=http://127.0.0.1:8081; once for each. The name is the node's limpet.node; with"
                    + " ',tagging=container' behind it, of a node without the filter, its container's own route"
                    + " (jvmRoute).")
    private @Nullable List<String> nodes;

    @Option(names = "--cookie", paramLabel = "NAME", description = "The session cookie (JSESSIONID).")
    private @Nullable String cookie;

    @Option(
            names = "--path-parameter",
            paramLabel = "NAME",
            description =
                    "The path parameter that carries the session without cookies (jsessionid, or the cookie's name).")
    private @Nullable String pathParameter;

    @Option(
            names = "--health-kind",
            paramLabel = "KIND",
            description = "status: the filter's status, which tells name and state (the default); path: any answer from"
                    + " 200 to 399, for nodes without the filter.")
    private @Nullable String healthKind;

    @Option(
            names = "--health-path",
            paramLabel = "PATH",
            description = "Where nodes are probed, with the application's context (/limpet/status).")
    private @Nullable String healthPath;

    @Option(names = "--health-interval", paramLabel = "TIME", description = "From probe to probe (1s).")
    private @Nullable String healthInterval;

    @Option(names = "--health-timeout", paramLabel = "TIME", description = "How long a probe may take (1s).")
    private @Nullable String healthTimeout;

    @Option(names = "--health-rise", paramLabel = "N", description = "Good probes until a node is up again (2).")
    private @Nullable String healthRise;

    @Option(names = "--health-fall", paramLabel = "N", description = "Bad probes until a node is down (3).")
    private @Nullable String healthFall;

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            description = "How long a connection to a node may take to open (2s).")
    private @Nullable String connectTimeout;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            description = "How long node or client may be silent (60s); there is no limit on the whole.")
    private @Nullable String idleTimeout;

    @Option(
            names = "--max-head",
            paramLabel = "SIZE",
            description = "How long a head may be, of a request (else 431) or of a response (64k).")
    private @Nullable String maxHead;

    @Option(
            names = "--max-fields",
            paramLabel = "N",
            description = "How many field lines a request may have, else 431 (200).")
    private @Nullable String maxFields;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "How many connections clients may have; more wait (10000).")
    private @Nullable String maxConnections;

    @Option(
            names = "--max-requests",
            paramLabel = "N",
            description = "How many requests a connection may bring (10000).")
    private @Nullable String maxRequests;

    @Option(names = "--head-timeout", paramLabel = "TIME", description = "How long a client may take for a head (20s).")
    private @Nullable String headTimeout;

    @Option(
            names = "--min-body-rate",
            paramLabel = "BYTES",
            description = "What a client has to send of a body in a second, else 408 (240); 0 takes any.")
    private @Nullable String minBodyRate;

    @Option(names = "--tunnel-timeout", paramLabel = "TIME", description = "How long a WebSocket may be silent (60m).")
    private @Nullable String tunnelTimeout;

    /** What was written, as it was written. */
    GivenSettings given() {
        GivenSettings given = new GivenSettings();
        if (nodes != null) {
            nodes.forEach(node -> given.add(Setting.NODES, node, Setting.NODES.option()));
        }
        add(given, Setting.LISTEN, listen);
        add(given, Setting.COOKIE, cookie);
        add(given, Setting.PATH_PARAMETER, pathParameter);
        add(given, Setting.HEALTH_KIND, healthKind);
        add(given, Setting.HEALTH_PATH, healthPath);
        add(given, Setting.HEALTH_INTERVAL, healthInterval);
        add(given, Setting.HEALTH_TIMEOUT, healthTimeout);
        add(given, Setting.HEALTH_RISE, healthRise);
        add(given, Setting.HEALTH_FALL, healthFall);
        add(given, Setting.TIMEOUT_CONNECT, connectTimeout);
        add(given, Setting.TIMEOUT_IDLE, idleTimeout);
        add(given, Setting.LIMIT_HEAD, maxHead);
        add(given, Setting.LIMIT_FIELDS, maxFields);
        add(given, Setting.LIMIT_CONNECTIONS, maxConnections);
        add(given, Setting.LIMIT_REQUESTS, maxRequests);
        add(given, Setting.LIMIT_HEAD_TIME, headTimeout);
        add(given, Setting.LIMIT_BODY_RATE, minBodyRate);
        add(given, Setting.TIMEOUT_TUNNEL, tunnelTimeout);
        return given;
    }

    private static void add(GivenSettings given, Setting setting, @Nullable String value) {
        if (value != null) {
            given.add(setting, value, setting.option());
        }
    }
}
