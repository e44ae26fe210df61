package io.limpet.proxy.node;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The path at which an application's filter tells its status, as it stands in a request line (RFC 3986 §3.3). A node tells
 * its context paths as its container has them, and some containers have them decoded.
 */
public final class StatusPath {

    private static final String UNRESERVED = "-._~!$&'()*+,=:@/";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private StatusPath() {}

    /** Empty when this is no context path: it neither is the root's, empty, nor begins with a slash, or it leads upwards. */
    public static Optional<String> of(String context) {
        if (context.isEmpty()) {
            return Optional.of(DrainRules.STATUS);
        }
        boolean climbs = (context + "/").contains("/../") || (context + "/").contains("/./");
        if (!context.startsWith("/") || context.endsWith("/") || context.contains("//") || climbs) {
            return Optional.empty();
        }
        StringBuilder path = new StringBuilder();
        byte[] bytes = context.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            if (isPlain(c) || isEncoded(bytes, i)) {
                path.append(c);
            } else {
                path.append('%').append(HEX.toHexDigits(bytes[i]));
            }
        }
        return Optional.of(path + DrainRules.STATUS);
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || UNRESERVED.indexOf(c) >= 0;
    }

    /** A container that has it encoded tells it so. */
    private static boolean isEncoded(byte[] bytes, int at) {
        return bytes[at] == '%'
                && at + 2 < bytes.length
                && HexFormat.isHexDigit(bytes[at + 1])
                && HexFormat.isHexDigit(bytes[at + 2]);
    }
}
