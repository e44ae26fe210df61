package io.limpet.it.client;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** {@code Cookie} lines that no browser sends; each character is one byte. */
public final class HostileCookies {

    private static final int MOST_PIECES = 12;

    private static final List<String> PIECES = List.of(
            "JSESSIONID",
            "JSESSIONID=",
            "JSESSIONID=A.n1",
            "JSESSIONID=\"A.n2\"",
            "jsessionid=",
            "=",
            ";",
            "; ",
            ",",
            ".",
            ".n1",
            ".n2",
            ".n99",
            "\"",
            "\\",
            "$Version=1;",
            "$Path=/",
            " ",
            "\t",
            "%00",
            "%2e",
            "__Host-JSESSIONID=x",
            "\u00e9",
            "\u00c3\u00a9",
            "\u0001",
            "\u007f",
            "\u00ff",
            "../../etc/passwd",
            "${jndi:x}",
            "<script>",
            "A".repeat(300));

    private HostileCookies() {}

    /**
     * What somebody thought of: {@code LIVE} stands for a session cookie that is alive, {@code VALUE} for the same without
     * its route.
     */
    public static Stream<String> known() {
        return Stream.of(
                "",
                "=",
                ";",
                ";;;===",
                "JSESSIONID",
                "JSESSIONID=",
                "JSESSIONID=.",
                "JSESSIONID=.n1",
                "JSESSIONID=..n1",
                "JSESSIONID=n1",
                "JSESSIONID=\"\"",
                "JSESSIONID=\"",
                "JSESSIONID=\"LIVE\"",
                "JSESSIONID=\"LIVE",
                "JSESSIONID=LIVE\"",
                "JSESSIONID=VALUE",
                "JSESSIONID=VALUE.",
                "JSESSIONID=VALUE.nosuchnode",
                "JSESSIONID=VALUE.N1",
                "JSESSIONID=LIVE.n1",
                "JSESSIONID=LIVE.n2.n1",
                "JSESSIONID=LIVE;jsessionid=x",
                "JSESSIONID=VALUE%2En1",
                "JSESSIONID=VALUE.n1%00",
                "JSESSIONID=VALUE.n1\t",
                "JSESSIONID =LIVE",
                "JSESSIONID= LIVE",
                " JSESSIONID=LIVE",
                "JSESSIONID=LIVE,JSESSIONID=x.n1",
                "$Version=1; JSESSIONID=LIVE; $Path=/",
                "$Version=\"1\"; JSESSIONID=\"LIVE\"; $Path=\"/\"; $Port",
                "jsessionid=LIVE",
                "JSESSIONIDX=LIVE",
                "XJSESSIONID=LIVE",
                "JSESSIONID=\u00e9\u00ff.n1",
                "JSESSIONID=\u00c3\u00a9.n1",
                "\u00ff\u00fe=1; JSESSIONID=LIVE",
                "JSESSIONID=a\u0001b.n1",
                "JSESSIONID=a\u007fb.n1",
                "JSESSIONID=a\tb.n1",
                "JSESSIONID=127.0.0.1:8080",
                "JSESSIONID=a.127.0.0.1",
                "JSESSIONID=a.http://127.0.0.1:1/",
                "JSESSIONID=" + "A".repeat(7_000),
                "JSESSIONID=" + "A".repeat(7_000) + ".n1",
                "JSESSIONID=A." + "n1".repeat(3_000),
                "JSESSIONID=" + ".".repeat(5_000),
                "JSESSIONID=LIVE; x=" + "y".repeat(6_000),
                "JSESSIONID=x.n1;".repeat(300),
                "a=b;".repeat(1_500) + "JSESSIONID=LIVE");
    }

    /** The line around that session. */
    public static String around(String live, String line) {
        String value = live.substring(0, live.lastIndexOf('.'));
        return line.replace("LIVE", live).replace("VALUE", value);
    }

    /** As many lines as wanted of anything but line ends; the same for the same seed. */
    public static Stream<String> random(long seed, int count) {
        Random random = new Random(seed);
        return Stream.generate(() -> line(random)).limit(count);
    }

    private static String line(Random random) {
        StringBuilder line = new StringBuilder();
        for (int pieces = random.nextInt(MOST_PIECES); pieces >= 0; pieces--) {
            line.append(random.nextInt(3) == 0 ? anyByte(random) : PIECES.get(random.nextInt(PIECES.size())));
        }
        return line.toString();
    }

    private static String anyByte(Random random) {
        char character = (char) random.nextInt(256);
        return character == '\r' || character == '\n' ? "" : String.valueOf(character);
    }
}
