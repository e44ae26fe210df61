package io.limpet.proxy.config;

import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Tagging;
import io.limpet.route.Secret;
import io.limpet.route.SessionPath;
import java.util.List;
import java.util.regex.Pattern;

/** Turns what was given into checked settings, or lists every mistake. */
public final class SettingsReader {

    /** RFC 6265 §4.1.1: a cookie's name is a token of RFC 9110 §5.6.2. */
    private static final Pattern COOKIE_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern PARAMETER_NAME = Pattern.compile("[A-Za-z0-9._~-]+");

    private final GivenSettings given;
    private final Mistakes mistakes;
    private final ValueReader values;

    private SettingsReader(GivenSettings given, Mistakes mistakes) {
        this.given = given;
        this.mistakes = mistakes;
        this.values = new ValueReader(mistakes);
    }

    /**
     * Reads the settings.
     *
     * @throws WrongSettingsException when anything in them is wrong
     */
    public static ProxySettings read(GivenSettings given) {
        return read(given, new Mistakes());
    }

    /** Reads the settings; mistakes that were found before, in the file itself, are listed first. */
    static ProxySettings read(GivenSettings given, Mistakes mistakes) {
        ProxySettings settings = new SettingsReader(given, mistakes).settings();
        mistakes.throwIfAny();
        return settings;
    }

    private ProxySettings settings() {
        List<Node> nodes = nodes();
        HealthSettings health = new HealthReader(given, mistakes).read();
        InboundReader inbound = new InboundReader(given, mistakes, values);
        refuseStatusWithoutFilter(nodes, health);
        refuseStatusByOtherMethods(health);
        return new ProxySettings(
                values.listenAddress(given.one(Setting.LISTEN)),
                nodes,
                matching(Setting.COOKIE, COOKIE_NAME, "is no cookie name"),
                pathParameters(),
                secrets(),
                health,
                new Timeouts(
                        values.duration(given.one(Setting.TIMEOUT_CONNECT)),
                        values.duration(given.one(Setting.TIMEOUT_IDLE)),
                        values.duration(given.one(Setting.TIMEOUT_TUNNEL))),
                limits(),
                inbound.read(),
                inbound.nodesTrust(),
                new BalanceReader(given, mistakes).read(),
                new DiscoveryReader(given, mistakes).read(health),
                new OperatingReader(given, mistakes).read());
    }

    private Limits limits() {
        return new Limits(
                values.bytes(given.one(Setting.LIMIT_HEAD)),
                values.number(given.one(Setting.LIMIT_FIELDS), 1),
                values.number(given.one(Setting.LIMIT_CONNECTIONS), 1),
                values.number(given.one(Setting.LIMIT_REQUESTS), 1),
                values.duration(given.one(Setting.LIMIT_HEAD_TIME)),
                new Bodies(
                        values.size(given.one(Setting.LIMIT_BODY)),
                        values.number(given.one(Setting.LIMIT_BODY_RATE), 0),
                        values.number(given.one(Setting.LIMIT_RESPONSE_RATE), 0)),
                new PerNode(
                        values.number(given.one(Setting.LIMIT_NODE_CONNECTIONS), 1),
                        values.number(given.one(Setting.LIMIT_NODE_QUEUE), 0),
                        values.duration(given.one(Setting.LIMIT_NODE_QUEUE_TIME))),
                values.yes(given.one(Setting.AMBIGUOUS_PATHS), "pass", "reject"));
    }

    /** Each node would be down for good, or its filter would tag what its container has tagged. */
    private void refuseStatusWithoutFilter(List<Node> nodes, HealthSettings health) {
        boolean withoutFilter = nodes.stream().anyMatch(node -> node.tagging() == Tagging.CONTAINER);
        if (withoutFilter && health.kind() == HealthSettings.Kind.STATUS) {
            mistakes.add(
                    given.one(Setting.HEALTH_KIND),
                    "asks for the filter's status, which a node with tagging=container does not have",
                    "path");
        }
    }

    /** None need be listed where they are found. */
    private List<Node> nodes() {
        boolean found = given.isGiven(Setting.DISCOVERY_DNS) || given.isGiven(Setting.DISCOVERY_HAZELCAST);
        List<Given> listed = given.all(Setting.NODES);
        return found && listed.isEmpty() ? List.of() : new NodesReader(mistakes).read(listed);
    }

    /** The filter answers others 405, or without the body that says how the node is. */
    private void refuseStatusByOtherMethods(HealthSettings health) {
        if (health.kind() == HealthSettings.Kind.STATUS && !health.method().equals("GET")) {
            mistakes.add(given.one(Setting.HEALTH_METHOD), "does not bring the filter's status", "GET");
        }
    }

    private List<String> pathParameters() {
        if (given.all(Setting.PATH_PARAMETER).isEmpty()) {
            return SessionPath.parameters(given.one(Setting.COOKIE).text());
        }
        Given name = given.one(Setting.PATH_PARAMETER);
        if (!PARAMETER_NAME.matcher(name.text()).matches()) {
            mistakes.add(name, "is no name of a path parameter", "jsessionid");
        }
        return List.of(name.text());
    }

    private List<Secret> secrets() {
        List<Given> all = given.all(Setting.SECRET);
        if (all.isEmpty()) {
            return List.of();
        }
        Given last = all.get(all.size() - 1);
        try {
            return Secret.parseList(last.text());
        } catch (IllegalArgumentException e) {
            mistakes.add(last.where() + ": " + e.getMessage()); // without the value: logs are read by many
            return List.of();
        }
    }

    private String matching(Setting setting, Pattern pattern, String problem) {
        Given value = given.one(setting);
        if (!pattern.matcher(value.text()).matches()) {
            mistakes.add(value, problem, setting.fallback());
        }
        return value.text();
    }
}
