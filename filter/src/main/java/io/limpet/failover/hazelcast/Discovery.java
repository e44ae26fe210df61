package io.limpet.failover.hazelcast;

import com.hazelcast.client.config.ClientNetworkConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.KubernetesConfig;

/**
 * Tells Hazelcast where the members are, and that it shall look nowhere else. Both names of a DNS zone and services of
 * Kubernetes are the business of its Kubernetes plugin: it alone takes every address that a name resolves to.
 */
final class Discovery {

    private Discovery() {}

    static void of(Members members, JoinConfig join) {
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        if (members instanceof Members.Listed listed) {
            join.getTcpIpConfig().setEnabled(true);
            // nodes that start together wait this long for an answer before one of them takes the lead
            join.getTcpIpConfig().setConnectionTimeoutSeconds(2);
            listed.addresses().forEach(member -> join.getTcpIpConfig().addMember(member.toString()));
            return;
        }
        join.getTcpIpConfig().setEnabled(false);
        plugin(members, join.getKubernetesConfig());
    }

    static void of(Members members, ClientNetworkConfig network) {
        network.getAutoDetectionConfig().setEnabled(false);
        if (members instanceof Members.Listed listed) {
            listed.addresses().forEach(member -> network.addAddress(member.toString()));
            return;
        }
        plugin(members, network.getKubernetesConfig());
    }

    private static void plugin(Members members, KubernetesConfig config) {
        config.setEnabled(true);
        if (members instanceof Members.Dns dns) {
            config.setProperty("service-dns", dns.name());
            config.setProperty("service-port", String.valueOf(dns.port()));
        } else if (members instanceof Members.Kubernetes kubernetes) {
            config.setProperty("namespace", kubernetes.namespace());
            config.setProperty("service-name", kubernetes.service());
        }
    }
}
