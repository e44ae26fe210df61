package io.limpet.proxy.listen;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.ConnectionFactory.Detecting.Detection;

/** The PROXY protocol's line, version 1 (its specification, §2.1): one whose addresses are addresses, and no names. */
final class ProxyLine {

    /** With its end: the specification's longest. */
    private static final int LONGEST = 107;

    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4 = "(?:" + BYTE + "\\.){3}" + BYTE;

    /** What begins so is never asked for; whether it is an address, the JDK says. */
    private static final String IPV6 = "[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]*";

    private static final Pattern KNOWN =
            Pattern.compile("PROXY (?:TCP4 %1$s %1$s|TCP6 %2$s %2$s) \\d{1,5} \\d{1,5}".formatted(IPV4, IPV6));

    /** Whatever else it says is not looked at. */
    private static final Pattern UNKNOWN = Pattern.compile("PROXY UNKNOWN(?: .*)?");

    private ProxyLine() {}

    /** Whether these bytes, which are not changed, begin with one. */
    static Detection detect(ByteBuffer buffer) {
        String text = StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
        int end = text.indexOf('\r');
        if (end < 0) {
            return text.length() < LONGEST ? Detection.NEED_MORE_BYTES : Detection.NOT_RECOGNIZED;
        }
        String line = text.substring(0, end);
        boolean read = KNOWN.matcher(line).matches() || UNKNOWN.matcher(line).matches();
        return read ? Detection.RECOGNIZED : Detection.NOT_RECOGNIZED;
    }
}
