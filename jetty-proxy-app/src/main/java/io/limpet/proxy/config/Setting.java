package io.limpet.proxy.config;

import java.util.Arrays;
import java.util.Optional;

/** Every setting by its name in the file, which is also its init parameter, and by its option on the command line. */
public enum Setting {
    /** Where the proxy listens. */
    LISTEN("listen", "--listen", "127.0.0.1:8080"),
    /** The nodes. */
    NODES("nodes", "--node", ""),
    /** The session cookie's name. */
    COOKIE("cookie", "--cookie", "JSESSIONID"),
    /** The path parameter that carries the session id for clients without cookies; unless given, as containers name it. */
    PATH_PARAMETER("path-parameter", "--path-parameter", ""),
    /** Seals routes and probes; in the file or the environment only, since everybody sees a command line. */
    SECRET("secret", "LIMPET_SECRET", ""),
    /** How a node is probed. */
    HEALTH_KIND("health.kind", "--health-kind", "status"),
    /** Where a node is probed. */
    HEALTH_PATH("health.path", "--health-path", "/limpet/status"),
    /** From one probe of a node to the next. */
    HEALTH_INTERVAL("health.interval", "--health-interval", "1s"),
    /** How long a probe may take. */
    HEALTH_TIMEOUT("health.timeout", "--health-timeout", "1s"),
    /** Good probes in a row until a node is up again. */
    HEALTH_RISE("health.rise", "--health-rise", "2"),
    /** Bad probes in a row until a node is down. */
    HEALTH_FALL("health.fall", "--health-fall", "3"),
    /** How long a connection to a node may take to open. */
    TIMEOUT_CONNECT("timeouts.connect", "--connect-timeout", "2s"),
    /** How long a connection may be silent, on either side, before the proxy gives it up. */
    TIMEOUT_IDLE("timeouts.idle", "--idle-timeout", "60s"),
    /** How long a WebSocket, or what else a connection was upgraded to, may be silent. */
    TIMEOUT_TUNNEL("timeouts.tunnel", "--tunnel-timeout", "60m"),
    /** How long the head of a request or of a response may be. */
    LIMIT_HEAD("limits.head", "--max-head", "64k"),
    /** How many field lines a request may have. */
    LIMIT_FIELDS("limits.fields", "--max-fields", "200"),
    /** How many connections clients may have open. */
    LIMIT_CONNECTIONS("limits.connections", "--max-connections", "10000"),
    /** How many requests a connection may bring. */
    LIMIT_REQUESTS("limits.requests", "--max-requests", "10000"),
    /** How long a client may take for the head of a request. */
    LIMIT_HEAD_TIME("limits.head-time", "--head-timeout", "20s"),
    /** How many bytes of a body a client has to send in a second. */
    LIMIT_BODY_RATE("limits.body-rate", "--min-body-rate", "240");

    private final String key;
    private final String option;
    private final String fallback;

    Setting(String key, String option, String fallback) {
        this.key = key;
        this.option = option;
        this.fallback = fallback;
    }

    /** The dotted name in the file and as an init parameter: {@code health.interval}. */
    public String key() {
        return key;
    }

    /** The option on the command line, {@code --health-interval}; of a secret, the environment variable. */
    public String option() {
        return option;
    }

    /** The text that counts when nothing was given; empty when the setting is mandatory. */
    public String fallback() {
        return fallback;
    }

    /** The setting of this dotted name. */
    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }
}
