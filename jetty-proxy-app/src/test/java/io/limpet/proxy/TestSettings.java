package io.limpet.proxy;

import io.limpet.proxy.config.BalanceSettings;
import io.limpet.proxy.config.Bodies;
import io.limpet.proxy.config.DiscoverySettings;
import io.limpet.proxy.config.HealthSettings;
import io.limpet.proxy.config.Http2;
import io.limpet.proxy.config.Inbound;
import io.limpet.proxy.config.Limits;
import io.limpet.proxy.config.ListenAddress;
import io.limpet.proxy.config.OperatingSettings;
import io.limpet.proxy.config.PerNode;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Timeouts;
import io.limpet.proxy.config.Tls;
import io.limpet.proxy.config.TrustedProxies;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Thresholds;
import io.limpet.proxy.tls.Trust;
import java.time.Duration;
import java.util.List;

/** The settings of proxies under test: what is shipped, but for what a test is about, and probes that come once. */
final class TestSettings {

    static final Limits LIMITS = limits(10_000, 10_000, Duration.ofSeconds(20), 240);
    static final Inbound CLEAR =
            new Inbound(new Tls.Off(), new Http2(true, 100, 128), false, TrustedProxies.NONE, TestProxy.LANE);

    private TestSettings() {}

    static ProxySettings settings(Duration idle, Node... nodes) {
        return settings(new Timeouts(Duration.ofSeconds(2), idle, Duration.ofMinutes(1)), nodes);
    }

    static ProxySettings settings(Timeouts timeouts, Node... nodes) {
        return settings(timeouts, LIMITS, nodes);
    }

    /** What is shipped, but for the longest head. */
    static Limits limits(int head) {
        return limits(head, 10_000, 10_000, Duration.ofSeconds(20), 240);
    }

    /** What is shipped, but for these. */
    static Limits limits(int connections, int requests, Duration headTime, int rate) {
        return limits(64 * 1024, connections, requests, headTime, rate);
    }

    private static Limits limits(int head, int connections, int requests, Duration headTime, int rate) {
        return new Limits(
                head,
                200,
                connections,
                requests,
                headTime,
                new Bodies(0, rate, rate),
                new PerNode(1024, 1024, Duration.ofSeconds(10)),
                false);
    }

    static ProxySettings settings(Timeouts timeouts, Limits limits, Node... nodes) {
        return settings(timeouts, limits, CLEAR, nodes);
    }

    static ProxySettings settings(Timeouts timeouts, Limits limits, Inbound inbound, Node... nodes) {
        return settings(timeouts, limits, inbound, OperatingSettings.NONE, nodes);
    }

    static ProxySettings settings(
            Timeouts timeouts, Limits limits, Inbound inbound, OperatingSettings operating, Node... nodes) {
        HealthSettings health = new HealthSettings(
                HealthSettings.Kind.STATUS,
                "/limpet/status",
                Duration.ofHours(1),
                Duration.ofSeconds(5),
                new Thresholds(2, 3));
        return new ProxySettings(
                new ListenAddress("127.0.0.1", 0),
                List.of(nodes),
                "JSESSIONID",
                List.of("jsessionid", "JSESSIONID"),
                List.of(),
                health,
                timeouts,
                limits,
                inbound,
                Trust.OF_THE_JDK,
                BalanceSettings.NORMAL,
                DiscoverySettings.NONE,
                operating);
    }

    /** Whoever takes the word of these for its nodes' certificates. */
    static ProxySettings trusting(Trust trust, Node... nodes) {
        ProxySettings plain = settings(Duration.ofSeconds(20), nodes);
        return new ProxySettings(
                plain.listen(),
                plain.nodes(),
                plain.cookie(),
                plain.pathParameters(),
                plain.secrets(),
                plain.health(),
                plain.timeouts(),
                plain.limits(),
                plain.inbound(),
                trust,
                plain.balance(),
                plain.discovery(),
                plain.operating());
    }
}
