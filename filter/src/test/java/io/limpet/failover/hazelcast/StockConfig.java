package io.limpet.failover.hazelcast;

import java.util.List;

/**
 * What the documentation tells an operator of Hazelcast servers to write, for servers on loopback.
 *
 * @param cluster its name
 * @param members where each server hears the others
 * @param clients where each server hears nodes
 * @param ofMap YAML below {@code hazelcast}
 */
record StockConfig(String cluster, List<MemberAddress> members, List<MemberAddress> clients, String ofMap) {

    /** The configuration of the server at this position. */
    String yaml(int position) {
        StringBuilder list = new StringBuilder();
        members.forEach(member -> list.append("          - ").append(member).append('\n'));
        return """
                hazelcast:
                  cluster-name: %s
                  properties:
                    hazelcast.phone.home.enabled: false
                    hazelcast.socket.bind.any: false
                    hazelcast.socket.server.bind.any: false
                    hazelcast.local.localAddress: 127.0.0.1
                    hazelcast.wait.seconds.before.join: 0
                    hazelcast.heartbeat.interval.seconds: 1
                    hazelcast.max.no.heartbeat.seconds: 5
                    hazelcast.operation.thread.count: 2
                  jet:
                    enabled: false
                  advanced-network:
                    enabled: true
                    member-server-socket-endpoint-config:
                      port:
                        port: %d
                        auto-increment: false
                    client-server-socket-endpoint-config:
                      port:
                        port: %d
                        auto-increment: false
                    join:
                      auto-detection:
                        enabled: false
                      multicast:
                        enabled: false
                      tcp-ip:
                        enabled: true
                        member-list:
                """.formatted(
                                cluster,
                                members.get(position).port(),
                                clients.get(position).port())
                + list
                + ofMap;
    }
}
