package io.limpet.filter;

import io.limpet.failover.Dirtiness;
import io.limpet.failover.hazelcast.Members;
import io.limpet.route.Route;
import io.limpet.route.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads the filter's settings. Each is looked up as the environment variable {@code LIMPET_NAME}, then the system
 * property {@code limpet.name}, then the init-param {@code name}: the environment wins, so that one WAR serves all
 * nodes. Every mistake is collected, and all are reported at once.
 */
final class SettingsReader {

    private static final List<String> NAMES = List.of(
            "node",
            "cookie",
            "tagging",
            "secret",
            "secret-file",
            "failover",
            "mode",
            "cluster",
            "members",
            "bind",
            "client-port",
            "url",
            "quorum",
            "hazelcast-config",
            "session-classes",
            "dirty",
            "on-store-failure",
            "store-timeout");

    private final Function<String, String> environment;
    private final Function<String, String> systemProperties;
    private final Function<String, String> initParams;
    private final Predicate<String> isLocal;
    private final List<String> mistakes = new ArrayList<>();

    /**
     * Each function answers null for what is not set.
     *
     * @param isLocal whether a host name or address is one of this machine's
     */
    SettingsReader(
            Function<String, String> environment,
            Function<String, String> systemProperties,
            Function<String, String> initParams,
            Predicate<String> isLocal) {
        this.environment = environment;
        this.systemProperties = systemProperties;
        this.initParams = initParams;
        this.isLocal = isLocal;
    }

    /**
     * @param initParamNames the names of all init-params, so that misspelt ones are found
     * @param hostName this machine's name: what {@code node} is derived from when it is not set
     * @throws IllegalArgumentException listing every mistake, each with the value read and what to write instead
     */
    Settings read(Collection<String> initParamNames, String hostName) {
        for (String name : initParamNames) {
            if (!NAMES.contains(name)) {
                mistakes.add("init-param '" + name + "' is not a setting; known are " + String.join(", ", NAMES));
            }
        }
        Route node = node(hostName);
        String cookie = text("cookie").orElse("");
        Settings.Tagging tagging = oneOf("tagging", Settings.Tagging.values());
        ActiveSecrets secrets = secrets();
        Settings.Failover failover = flag("failover") ? replicated() : new Settings.Off();
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("Limpet's filter is not configured right ("
                    + mistakes.size()
                    + (mistakes.size() == 1 ? " mistake)" : " mistakes)")
                    + mistakes.stream().map(mistake -> "\n  " + mistake).reduce("", String::concat));
        }
        return new Settings(
                node, cookie.isEmpty() ? Optional.empty() : Optional.of(cookie), tagging, secrets, failover);
    }

    private Route node(String hostName) {
        Optional<String> name = text("node");
        if (name.isEmpty()) {
            return Route.ofHost(hostName);
        }
        try {
            return new Route(name.get());
        } catch (IllegalArgumentException e) {
            mistakes.add("node: " + e.getMessage());
            return Route.ofHost(hostName);
        }
    }

    private ActiveSecrets secrets() {
        Optional<String> file = text("secret-file");
        if (file.isPresent() && text("secret").isPresent()) {
            mistakes.add("secret-file: there is a secret, too; set one of the two");
        }
        try {
            if (file.isPresent()) {
                return new SecretFile(Path.of(file.get()), System::nanoTime);
            }
            List<Secret> secrets = text("secret").map(Secret::parseList).orElse(List.of());
            return () -> secrets;
        } catch (IOException e) {
            mistakes.add("secret-file: '" + file.orElse("") + "' cannot be read; name a file with the secret alone");
        } catch (IllegalArgumentException e) {
            mistakes.add((file.isPresent() ? "secret-file: " : "secret: ") + e.getMessage());
        }
        return List::of;
    }

    private Settings.Replicated replicated() {
        ClusterReader reader = new ClusterReader(isLocal, mistakes::add);
        Settings.Mode mode = oneOf("mode", Settings.Mode.values());
        Members members = reader.members(text("members").orElse(""));
        return new Settings.Replicated(
                text("cluster").orElse("limpet"),
                members,
                reader.topology(mode, members, text("bind")),
                reader.quorum(text("quorum").orElse("0")),
                text("hazelcast-config"),
                list(text("session-classes").orElse("")),
                oneOf("dirty", Dirtiness.values()),
                oneOf("on-store-failure", Settings.OnStoreFailure.values()),
                storeTimeout(),
                reader.proxies(
                        mode,
                        text("client-port"),
                        text("url"),
                        text("hazelcast-config").isPresent()));
    }

    /** The first one is what counts when nothing is set. */
    private <E extends Enum<E>> E oneOf(String name, E[] known) {
        String value = text(name).orElse(known[0].name());
        for (E one : known) {
            if (one.name().equalsIgnoreCase(value)) {
                return one;
            }
        }
        String names = Arrays.stream(known)
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
        mistakes.add(name + ": '" + value + "' is unknown; write " + names);
        return known[0];
    }

    private Duration storeTimeout() {
        String value = text("store-timeout").orElse("1s");
        Optional<Duration> duration = millis(value);
        if (duration.isEmpty()) {
            mistakes.add("store-timeout: '" + value + "' must be 10ms to 60s, written like 500ms or 1s");
        }
        return duration.orElse(Duration.ofSeconds(1));
    }

    private static Optional<Duration> millis(String value) {
        if (!value.matches("\\d{1,5}(ms|s)")) {
            return Optional.empty();
        }
        boolean seconds = !value.endsWith("ms");
        long number = Long.parseLong(value.substring(0, value.length() - (seconds ? 1 : 2)));
        Duration duration = seconds ? Duration.ofSeconds(number) : Duration.ofMillis(number);
        return duration.toMillis() >= 10 && duration.toSeconds() <= 60 ? Optional.of(duration) : Optional.empty();
    }

    private boolean flag(String name) {
        String value = text(name).orElse("false");
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            mistakes.add(name + ": '" + value + "' must be true or false");
        }
        return value.equalsIgnoreCase("true");
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.split("[,\\s]+"))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private Optional<String> text(String name) {
        String variable = "LIMPET_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        return Optional.ofNullable(environment.apply(variable))
                .or(() -> Optional.ofNullable(systemProperties.apply("limpet." + name)))
                .or(() -> Optional.ofNullable(initParams.apply(name)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
