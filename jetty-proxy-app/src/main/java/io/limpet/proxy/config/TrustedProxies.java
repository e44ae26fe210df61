package io.limpet.proxy.config;

import java.net.InetAddress;
import java.util.List;

/**
 * The proxies in front of this one, by their addresses.
 *
 * @param ranges none: nobody is trusted
 * @param tell in which fields they tell of the client
 */
public record TrustedProxies(List<AddressRange> ranges, ForwardedBy tell) {

    /** Nobody. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of(), ForwardedBy.X_FORWARDED);

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
