package io.limpet.proxy.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses with a common prefix, in the notation of RFC 4632 §3.1: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
 *
 * <p>Jetty has such a class, but settings know nothing of Jetty.
 */
public final class AddressRange {

    /** Only what is written as an address: a name would be asked for, and answered differently tomorrow. */
    private static final Pattern NOTATION =
            Pattern.compile("([0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1?\\d{1,2})";
    private static final Pattern IPV4 = Pattern.compile("(?:" + BYTE + "\\.){3}" + BYTE);

    private final byte[] prefix;
    private final int bits;

    private AddressRange(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /** @throws IllegalArgumentException when this is no address, nor a range of addresses whose other bits are zero */
    static AddressRange parse(String text) {
        Matcher matcher = NOTATION.matcher(text);
        if (!matcher.matches()
                || (text.indexOf(':') < 0 && !IPV4.matcher(matcher.group(1)).matches())) {
            throw new IllegalArgumentException("is no address and no range of addresses");
        }
        byte[] address;
        try {
            address = InetAddress.getByName(matcher.group(1)).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("is no address and no range of addresses", e);
        }
        int all = address.length * 8;
        int bits = matcher.group(2) == null ? all : Integer.parseInt(matcher.group(2));
        if (bits > all) {
            throw new IllegalArgumentException("has a prefix longer than " + all + " bits");
        }
        if (!Arrays.equals(masked(address, bits), address)) {
            throw new IllegalArgumentException("has bits set behind its prefix of " + bits);
        }
        return new AddressRange(address, bits);
    }

    /** Whether the address is in it; an IPv4 address that is written in IPv6 is the IPv4 address. */
    boolean includes(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == prefix.length && Arrays.equals(masked(bytes, bits), prefix);
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            int kept = Math.max(0, Math.min(8, bits - i * 8));
            masked[i] = (byte) (address[i] & (0xff00 >> kept));
        }
        return masked;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range && range.bits == bits && Arrays.equals(range.prefix, prefix);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(prefix) + bits;
    }
}
