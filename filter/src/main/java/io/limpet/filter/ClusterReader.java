package io.limpet.filter;

import io.limpet.failover.hazelcast.ClusterSettings;
import io.limpet.failover.hazelcast.MemberAddress;
import io.limpet.failover.hazelcast.Members;
import io.limpet.failover.hazelcast.Proxies;
import io.limpet.failover.hazelcast.Topology;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Understands the settings of the cluster: where its members are, and what this node is to them. */
final class ClusterReader {

    private final Predicate<String> isLocal;
    private final Consumer<String> mistakes;

    /** @param isLocal whether a host name or address is one of this machine's */
    ClusterReader(Predicate<String> isLocal, Consumer<String> mistakes) {
        this.isLocal = isLocal;
        this.mistakes = mistakes;
    }

    Members members(String text) {
        try {
            return Members.parse(text);
        } catch (IllegalArgumentException e) {
            mistakes.accept("members: " + e.getMessage());
            return Members.NONE;
        }
    }

    Topology topology(Settings.Mode mode, Members members, Optional<String> bind) {
        if (mode == Settings.Mode.EMBEDDED) {
            return new Topology.Embedded(bind.map(this::address).orElseGet(() -> bind(members)));
        }
        if (members.equals(Members.NONE)) {
            mistakes.accept("mode=client: members is empty; write where Hazelcast's servers are");
        }
        if (bind.isPresent()) {
            mistakes.accept("mode=client: bind='" + bind.get() + "' has no use, a client listens nowhere; remove it");
        }
        return new Topology.Client();
    }

    private MemberAddress address(String text) {
        try {
            return MemberAddress.parse(text);
        } catch (IllegalArgumentException e) {
            mistakes.accept("bind: " + e.getMessage());
            return ClusterSettings.LOOPBACK;
        }
    }

    /** Never every interface: the one that the members' addresses give this machine, or loopback when there are none. */
    private MemberAddress bind(Members members) {
        if (members instanceof Members.Listed listed) {
            return bind(listed.addresses());
        }
        if (members instanceof Members.Dns dns && isLocal.test(dns.name())) {
            return new MemberAddress(dns.name(), dns.port());
        }
        mistakes.accept("bind: which address of this machine the others reach is not known from " + members
                + "; write bind=host:port (in Kubernetes: the pod's IP)");
        return ClusterSettings.LOOPBACK;
    }

    private MemberAddress bind(List<MemberAddress> members) {
        if (members.isEmpty()) {
            return ClusterSettings.LOOPBACK;
        }
        List<MemberAddress> ours =
                members.stream().filter(member -> isLocal.test(member.host())).toList();
        if (ours.isEmpty()) {
            mistakes.accept(
                    "members: none of " + members + " is an address of this machine; add it, or write bind=host:port");
            return ClusterSettings.LOOPBACK;
        }
        return ours.size() == 1 ? ours.get(0) : new MemberAddress(ours.get(0).host(), 0);
    }

    /** What only an embedded member of our own configuration can do is refused elsewhere. */
    Proxies proxies(Settings.Mode mode, Optional<String> clientPort, Optional<String> url, boolean ownConfig) {
        if (clientPort.isPresent() && (mode == Settings.Mode.CLIENT || ownConfig)) {
            mistakes.accept(
                    "client-port: " + (ownConfig ? "hazelcast-config" : "mode=client")
                            + " leaves nothing to open here; remove it, proxies connect to the servers or by your configuration");
        }
        return new Proxies(clientPort.flatMap(this::port), url.flatMap(this::url));
    }

    private Optional<Integer> port(String text) {
        if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > 65_535) {
            mistakes.accept("client-port: '" + text + "' is no port; write 5702");
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(text));
    }

    private Optional<String> url(String text) {
        if (!text.matches("https?://(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):[1-9]\\d{0,4}/?")) {
            mistakes.accept("url: '" + text + "' is not what proxies reach this node by; write http://10.0.0.1:8080");
            return Optional.empty();
        }
        return Optional.of(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    int quorum(String text) {
        if (!text.matches("0|[2-9]|[1-9]\\d{1,2}")) {
            mistakes.accept("quorum: '" + text + "' must be a number of members, 2 or more, or 0 for none");
            return 0;
        }
        return Integer.parseInt(text);
    }
}
