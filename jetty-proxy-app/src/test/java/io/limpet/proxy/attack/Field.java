package io.limpet.proxy.attack;

import java.util.Locale;

/**
 * A field line as it came (RFC 9110 §5).
 *
 * @param name a token, in the sender's letters
 * @param value without the white space around it, a character for each byte
 */
public record Field(String name, String value) {

    /** The name as one compares it. */
    public String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The name as an origin compares it that reads an underscore as a hyphen (RFC 3875 §4.1.18). */
    public String looseKey() {
        return key().replace('_', '-');
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
