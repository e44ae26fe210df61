package io.limpet.proxy.discovery;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name or an address, with a port.
 *
 * @param host an IPv6 address without its brackets
 * @param port 1 to 65535
 */
record HostAndPort(String host, int port) {

    /** RFC 2782: priority, weight, port and target; the target is a name with its last dot. */
    private static final Pattern SERVICE = Pattern.compile("\\d{1,5} \\d{1,5} (\\d{1,5}) (\\S+?)\\.?");

    /** Empty when the text is no SRV record, or one that says that there is no such service. */
    static Optional<HostAndPort> ofService(String record) {
        Matcher matcher = SERVICE.matcher(record);
        if (!matcher.matches() || matcher.group(2).isEmpty() || matcher.group(2).equals(".")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(1));
        return port < 1 || port > 65535 ? Optional.empty() : Optional.of(new HostAndPort(matcher.group(2), port));
    }

    URI uri() {
        return URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
    }
}
