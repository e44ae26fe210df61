package io.limpet.proxy.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where nodes are found that nobody lists.
 *
 * @param names in DNS: {@code shop.default.svc:8080}, each of its addresses, or {@code _http._tcp.shop}, each of its
 *     services
 * @param cluster the cluster that knows them; empty: it is not asked
 * @param interval from one look to the next
 */
public record DiscoverySettings(List<String> names, Optional<FailoverCluster> cluster, Duration interval) {

    /** All nodes are listed. */
    public static final DiscoverySettings NONE =
            new DiscoverySettings(List.of(), Optional.empty(), Duration.ofSeconds(5));

    /** Keeps its own copy of the list. */
    public DiscoverySettings {
        names = List.copyOf(names);
    }

    /** Whether there is anything to look up. */
    public boolean isOn() {
        return !names.isEmpty() || cluster.isPresent();
    }
}
