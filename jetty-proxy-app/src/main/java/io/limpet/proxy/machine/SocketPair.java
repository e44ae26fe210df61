package io.limpet.proxy.machine;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;

/** Both ends of one TCP connection, as this machine sees them. */
public record SocketPair(InetSocketAddress local, InetSocketAddress remote) {

    /** An IPv4 address on a socket that may speak IPv6, too (RFC 4291 §2.5.5.2), by the words of Linux. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF};

    /** How Linux writes it, in either of its tables ({@code proc_net_tcp(5)}). */
    List<String> spellings() {
        if (local.getAddress() instanceof Inet4Address) {
            return List.of(spelling(new byte[0]), spelling(MAPPED));
        }
        return List.of(spelling(new byte[0]));
    }

    private String spelling(byte[] before) {
        return spelling(before, local) + " " + spelling(before, remote);
    }

    private static String spelling(byte[] before, InetSocketAddress end) {
        InetAddress address = end.getAddress();
        byte[] own = address == null ? new byte[0] : address.getAddress();
        // words of 32 bits in the machine's own order
        ByteBuffer all = ByteBuffer.allocate(before.length + own.length)
                .order(ByteOrder.nativeOrder())
                .put(before)
                .put(own)
                .flip();
        StringBuilder text = new StringBuilder();
        while (all.hasRemaining()) {
            text.append(String.format(Locale.ROOT, "%08X", all.getInt()));
        }
        return text.append(String.format(Locale.ROOT, ":%04X", end.getPort())).toString();
    }
}
