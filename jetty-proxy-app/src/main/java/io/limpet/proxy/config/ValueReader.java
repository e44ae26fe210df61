package io.limpet.proxy.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads single values. A wrong one is noted, and a harmless one answered in its place so that reading can go on. */
final class ValueReader {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");
    private static final Pattern PORT = Pattern.compile(":?\\d{1,5}");
    private static final Pattern COUNT = Pattern.compile("\\d{1,4}");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,7})(k?)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kmg]?)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,7}");
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):(\\d{1,5})");

    private final Mistakes mistakes;

    ValueReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    Duration duration(Given given) {
        Matcher matcher = DURATION.matcher(given.text());
        if (!matcher.matches()) {
            mistakes.add(given, "is no duration", "500ms', '1s' or '2m");
            return Duration.ofSeconds(1);
        }
        long number = Long.parseLong(matcher.group(1));
        if (number == 0) {
            mistakes.add(given, "is too short", "500ms', '1s' or '2m");
            return Duration.ofSeconds(1);
        }
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    /** A duration, which may be none: {@code 0s}. */
    Duration durationOrNone(Given given) {
        return given.text().matches("0(ms|s|m)?") ? Duration.ZERO : duration(given);
    }

    /** A size in bytes, up to a megabyte. */
    int bytes(Given given) {
        Matcher matcher = BYTES.matcher(given.text());
        int bytes = matcher.matches()
                ? Integer.parseInt(matcher.group(1)) * (matcher.group(2).isEmpty() ? 1 : 1024)
                : 0;
        if (bytes < 1024 || bytes > 1024 * 1024) {
            mistakes.add(given, "is no size from 1k to 1024k", "64k");
            return 1024;
        }
        return bytes;
    }

    /** A size in bytes, as large as one likes; 0 for none. */
    long size(Given given) {
        Matcher matcher = SIZE.matcher(given.text());
        if (!matcher.matches()) {
            mistakes.add(given, "is no size", "512k', '10m', '2g' or '0");
            return 0;
        }
        int power = switch (matcher.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        return Long.parseLong(matcher.group(1)) << power;
    }

    /** One of two words. */
    boolean yes(Given given, String yes, String no) {
        if (!given.text().equals(yes) && !given.text().equals(no)) {
            mistakes.add(given, "is neither", no + "' or '" + yes);
        }
        return given.text().equals(yes);
    }

    /** A number up to a million. */
    int number(Given given, int least) {
        int number = NUMBER.matcher(given.text()).matches() ? Integer.parseInt(given.text()) : -1;
        if (number < least || number > 1_000_000) {
            mistakes.add(given, "is no number from " + least + " to 1000000", "10000");
            return least;
        }
        return number;
    }

    boolean yesOrNo(Given given) {
        if (!given.text().equals("true") && !given.text().equals("false")) {
            mistakes.add(given, "is neither true nor false", "true' or 'false");
        }
        return given.text().equals("true");
    }

    int count(Given given) {
        int count = COUNT.matcher(given.text()).matches() ? Integer.parseInt(given.text()) : 0;
        if (count < 1) {
            mistakes.add(given, "is no number from 1 to 9999", "2");
            return 1;
        }
        return count;
    }

    /** Where somebody else listens. */
    ListenAddress peerAddress(Given given) {
        ListenAddress address = listenAddress(given);
        if (ADDRESS.matcher(given.text()).matches() && address.port() == 0) {
            mistakes.add(given, "is nowhere", address.host() + ":9090");
        }
        return address;
    }

    ListenAddress listenAddress(Given given) {
        Matcher matcher = ADDRESS.matcher(given.text());
        if (!matcher.matches()) {
            String problem = PORT.matcher(given.text()).matches() ? "has no host" : "is no host:port";
            mistakes.add(given, problem, Setting.LISTEN.fallback());
            return new ListenAddress("127.0.0.1", 0);
        }
        int port = Integer.parseInt(matcher.group(3));
        if (port > 65535) {
            mistakes.add(given, "has a port above 65535", Setting.LISTEN.fallback());
        }
        String ipv6 = matcher.group(1);
        return new ListenAddress(ipv6 == null ? matcher.group(2) : ipv6, Math.min(port, 65535));
    }
}
