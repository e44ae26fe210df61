package io.limpet.proxy.config;

/**
 * Where requests are written down.
 *
 * @param to {@code off}, {@code stdout} or a file's path
 * @param format how a line looks
 */
public record AccessLogSettings(String to, Format format) {

    /** Nowhere. */
    public static final AccessLogSettings OFF = new AccessLogSettings("off", Format.JSON);

    /** How a line looks. */
    public enum Format {
        /** One JSON object. */
        JSON,
        /** NCSA's combined format, with node, reason and time behind it. */
        COMBINED
    }

    /** Whether there is a log at all. */
    public boolean isOn() {
        return !to.equals(OFF.to);
    }
}
