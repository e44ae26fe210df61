package io.limpet.proxy.config;

import java.net.InetAddress;
import java.util.List;

/**
 * The proxies in front of this one, by their addresses.
 *
 * @param ranges none: nobody is trusted
 */
public record TrustedProxies(List<AddressRange> ranges) {

    /** Nobody. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    /** Keeps its own copy. */
    public TrustedProxies {
        ranges = List.copyOf(ranges);
    }

    /** Whether there is nobody. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Whether this is one of them. */
    public boolean include(InetAddress peer) {
        return ranges.stream().anyMatch(range -> range.includes(peer));
    }
}
