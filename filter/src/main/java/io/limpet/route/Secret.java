package io.limpet.route;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that the filters and the proxies share. Immutable, safe for use by any number of threads; never prints itself.
 */
public final class Secret {

    /** The shortest secret, in characters. */
    public static final int MIN_LENGTH = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** Cloned for each use: a thread-local one would outlive the application that a server undeploys. */
    private final Mac prototype;

    private final char keyCharacter;

    /** @throws IllegalArgumentException when the text is shorter than {@link #MIN_LENGTH} */
    public Secret(String text) {
        if (text.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "a secret of " + text.length() + " characters can be guessed; write at least " + MIN_LENGTH
                            + ", as 'openssl rand -base64 24' makes them");
        }
        try {
            prototype = Mac.getInstance(ALGORITHM);
            prototype.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
        keyCharacter = mac("key", "").charAt(0);
    }

    /**
     * The active secrets of a setting, separated by commas: the first one signs, all of them verify.
     *
     * @throws IllegalArgumentException when one is too short, or there are more than two
     */
    public static List<Secret> parseList(String setting) {
        List<Secret> secrets = Arrays.stream(setting.split(",", -1))
                .map(String::strip)
                .map(Secret::new)
                .toList();
        if (secrets.size() > 2) {
            throw new IllegalArgumentException(secrets.size()
                    + " secrets are active; write the new one and the one before it, separated by a comma");
        }
        return secrets;
    }

    /** Whether this is the text, or one of two texts separated by a comma, that the secret was made of. */
    public boolean isWritten(String text) {
        for (String part : text.split(",", 3)) {
            String stripped = part.strip();
            if (stripped.length() >= MIN_LENGTH
                    && MessageDigest.isEqual(bytes(mac("text", "")), bytes(new Secret(stripped).mac("text", "")))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Tells, in one character of what was sealed, which of two secrets it was. */
    char keyCharacter() {
        return keyCharacter;
    }

    /**
     * The message's authentication code, HMAC-SHA-256 as base64url (RFC 4648 §5): 43 characters, to be truncated.
     *
     * @param purpose keeps codes of one use from being accepted in another; holds no NUL
     */
    String mac(String purpose, String message) {
        try {
            Mac mac = (Mac) prototype.clone();
            return BASE64.encodeToString(mac.doFinal((purpose + '\0' + message).getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every Java platform clones its own " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
