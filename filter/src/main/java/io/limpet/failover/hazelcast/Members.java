package io.limpet.failover.hazelcast;

import java.util.List;

/** Where the members of the cluster are found. Loads no class of Hazelcast's. */
public sealed interface Members {

    /** By their addresses; empty: there is nobody else yet. */
    record Listed(List<MemberAddress> addresses) implements Members {

        public Listed {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * By a name that resolves to the addresses of all of them, as that of a headless service does; it is asked again
     * whenever members are looked for.
     *
     * @param port on which every one of them listens
     */
    record Dns(String name, int port) implements Members {}

    /**
     * By Kubernetes' API, which Hazelcast asks for the endpoints of a service; the pod's service account must be allowed
     * to read them.
     */
    record Kubernetes(String namespace, String service) implements Members {}

    /** Nobody else yet. */
    Members NONE = new Listed(List.of());

    /**
     * Reads {@code host:port,host:port}, {@code dns:name}, {@code dns:name:port} or {@code kubernetes:namespace/service};
     * without a port it is {@link MemberAddress#DEFAULT_PORT}.
     *
     * @throws IllegalArgumentException naming everything that is none of them
     */
    static Members parse(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("dns:")) {
            MemberAddress name = MemberAddress.parse(trimmed.substring("dns:".length()));
            return new Dns(name.host(), name.port());
        }
        if (trimmed.startsWith("kubernetes:")) {
            String[] parts = trimmed.substring("kubernetes:".length()).split("/", -1);
            if (parts.length != 2 || !isLabel(parts[0]) || !isLabel(parts[1])) {
                throw new IllegalArgumentException("'" + trimmed + "' must be kubernetes:NAMESPACE/SERVICE");
            }
            return new Kubernetes(parts[0], parts[1]);
        }
        return new Listed(MemberAddress.parseList(trimmed));
    }

    /** A name of a Kubernetes object (RFC 1123). */
    private static boolean isLabel(String text) {
        return text.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    }
}
