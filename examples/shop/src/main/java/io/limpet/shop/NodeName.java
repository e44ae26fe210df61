package io.limpet.shop;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The name of the node that this copy of the shop runs on, for the page's footer and the API. */
final class NodeName {

    private static final String NAME =
            choose(System.getenv("LIMPET_NODE"), System.getProperty("limpet.node"), hostName());

    private NodeName() {}

    static String get() {
        return NAME;
    }

    /** The first of environment, system property and host name that says something: the filter's own order. */
    static String choose(@Nullable String environment, @Nullable String property, String host) {
        if (environment != null && !environment.isBlank()) {
            return environment;
        }
        return property != null && !property.isBlank() ? property : host;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "node";
        }
    }
}
