package io.limpet.route;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Proves in the header {@value #HEADER} that a request for a node's status comes from a proxy that knows the secret:
 * {@code <seconds since 1970>.<key character><MAC over time and path>}. Valid for five minutes either way, so that clocks
 * may differ. Immutable.
 */
public final class RequestSeal {

    /** The header's name. */
    public static final String HEADER = "Limpet-Seal";

    /** The header of an answer that says what became of a seal: {@value #REFUSED}, or none at all. */
    public static final String ANSWER = "Limpet-Status";

    /** There is something here, and not for who sealed like this. */
    public static final String REFUSED = "refused";

    private static final long VALID_SECONDS = 300;
    private static final int MAC_LENGTH = 22;
    private static final int MAX_LENGTH = 64;

    private final List<Secret> secrets;

    /** @param secrets the first one signs, all of them verify */
    public RequestSeal(List<Secret> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /** The header's value for a request of this path. */
    public String of(String path, long nowSeconds) {
        return sealed(secrets.get(0), path, Long.toString(nowSeconds));
    }

    /** Whether a header's value, as a client sent it, seals this path now. Never throws. */
    public boolean isValid(String header, String path, long nowSeconds) {
        int dot = header.indexOf('.');
        if (dot <= 0
                || dot > 12
                || header.length() > MAX_LENGTH
                || !header.substring(0, dot).matches("[0-9]+")) {
            return false;
        }
        String time = header.substring(0, dot);
        return Math.abs(nowSeconds - Long.parseLong(time)) <= VALID_SECONDS
                && secrets.stream().anyMatch(secret -> isEqual(sealed(secret, path, time), header));
    }

    private static String sealed(Secret secret, String path, String time) {
        return time
                + '.'
                + secret.keyCharacter()
                + secret.mac("request", time + '\0' + path).substring(0, MAC_LENGTH);
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
