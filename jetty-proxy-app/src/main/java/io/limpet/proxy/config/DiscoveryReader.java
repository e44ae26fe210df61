package io.limpet.proxy.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where nodes are found that nobody lists. */
final class DiscoveryReader {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+:(\\d{1,5})");
    private static final Pattern SERVICE = Pattern.compile("_[A-Za-z0-9-]+\\._[A-Za-z0-9-]+\\.[A-Za-z0-9._-]+");

    private final GivenSettings given;
    private final Mistakes mistakes;
    private final ValueReader values;

    DiscoveryReader(GivenSettings given, Mistakes mistakes) {
        this.given = given;
        this.mistakes = mistakes;
        this.values = new ValueReader(mistakes);
    }

    DiscoverySettings read(HealthSettings health) {
        List<String> names = new ArrayList<>();
        for (Given value : given.all(Setting.DISCOVERY_DNS)) {
            for (String name : value.text().split(",", -1)) {
                if (!isName(name.strip())) {
                    mistakes.add(
                            value, "is no name with a port, nor that of a service", "shop:8080' or '_http._tcp.shop");
                }
                names.add(name.strip());
            }
        }
        Optional<FailoverCluster> cluster = cluster();
        if ((!names.isEmpty() || cluster.isPresent()) && health.kind() != HealthSettings.Kind.STATUS) {
            mistakes.add(given.one(Setting.HEALTH_KIND), "does not tell the names of nodes that are found", "status");
        }
        return new DiscoverySettings(names, cluster, values.duration(given.one(Setting.DISCOVERY_INTERVAL)));
    }

    private Optional<FailoverCluster> cluster() {
        List<Given> all = given.all(Setting.DISCOVERY_HAZELCAST);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        if (!isHazelcastThere()) {
            mistakes.add(
                    all.get(0).where() + ": this needs Hazelcast's library; put hazelcast-5.7.0.jar (Maven Central:"
                            + " com.hazelcast:hazelcast) beside limpet-proxy.jar");
        }
        return Optional.of(new FailoverCluster(
                given.one(Setting.DISCOVERY_CLUSTER).text(),
                all.stream()
                        .flatMap(value -> Arrays.stream(value.text().split(",", -1))
                                .map(member -> values.peerAddress(new Given(member.strip(), value.where()))))
                        .toList()));
    }

    /** Not in this jar, of which it would be two thirds. */
    private static boolean isHazelcastThere() {
        return DiscoveryReader.class.getResource("/com/hazelcast/client/HazelcastClient.class") != null;
    }

    private static boolean isName(String name) {
        Matcher host = HOST.matcher(name);
        if (!host.matches()) {
            return SERVICE.matcher(name).matches();
        }
        int port = Integer.parseInt(host.group(1));
        return port > 0 && port <= 65535;
    }
}
