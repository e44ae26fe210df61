package io.limpet.it.judge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** {@code Set-Cookie} lines as applications write them (RFC 6265 §4.1.1), at random, none of them the session's. */
final class CookieLines {

    /** Of this run; the system property {@code limpet.fuzz.seed} repeats one. */
    static final long SEED = Long.getLong("limpet.fuzz.seed", System.nanoTime());

    private static final String NAME = "abcXYZ019!#$%&'*+-.^_`|~";
    private static final String VALUE = NAME + "=/:?@()[]{}<>";
    private static final List<String> ATTRIBUTES = List.of(
            "Path=/",
            "path=/shop",
            "Domain=example.test",
            "Max-Age=0",
            "max-age=77",
            "Secure",
            "HttpOnly",
            "SameSite=Lax",
            "Partitioned",
            "Expires=Wed, 21 Oct 2026 07:28:00 GMT",
            "Comment=of its own",
            "Path=/x;jsessionid=4F2A");

    private CookieLines() {}

    static List<String> some(int count, Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(line(random));
        }
        return lines;
    }

    private static String line(Random random) {
        StringBuilder line = new StringBuilder(
                switch (random.nextInt(4)) {
                    case 0 -> "JSESSIONID" + text(NAME, 1 + random.nextInt(3), random);
                    case 1 -> "x" + text(NAME, random.nextInt(9), random) + "JSESSIONID";
                    default -> text(NAME, 1 + random.nextInt(9), random);
                });
        line.append('=').append(text(VALUE, random.nextInt(20), random));
        for (int i = random.nextInt(4); i > 0; i--) {
            line.append(random.nextBoolean() ? "; " : ";").append(ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size())));
        }
        return line.toString();
    }

    private static String text(String characters, int length, Random random) {
        return random.ints(length, 0, characters.length())
                .mapToObj(at -> String.valueOf(characters.charAt(at)))
                .collect(Collectors.joining());
    }

    /** The probe's steps that write these lines. */
    static String steps(List<String> lines) {
        return lines.stream()
                .map(line -> "add-header:" + URLEncoder.encode("Set-Cookie=" + line, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
    }
}
