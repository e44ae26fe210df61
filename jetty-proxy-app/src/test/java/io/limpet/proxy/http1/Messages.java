package io.limpet.proxy.http1;

import io.limpet.proxy.attack.Attack;
import io.limpet.proxy.attack.Siege;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Messages as honest and as dishonest clients and nodes write them: put together at random, and then spoilt at random. */
final class Messages {

    private static final String[] METHODS = {"GET", "GET", "HEAD", "POST", "PUT", "DELETE", "M-X", "get", "P RI", ""};
    private static final String[] TARGETS = {
        "/",
        "/a?b=c",
        "/%zz",
        "/a;jsessionid=1.n1",
        "*",
        "http://a/b",
        "/a b",
        "/\u00e9",
        "/a\tb",
        "//",
        "a:80",
        "/{}|\""
    };
    private static final String[] VERSIONS = {
        "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/1.1 ", ""
    };
    private static final String[] STATUS = {
        "200 OK",
        "200 ",
        "200",
        "204 No Content",
        "304 Not Modified",
        "404 \u00e9",
        "100 Continue",
        "99 ",
        "2000 ",
        "20",
        "500 a\0b",
        "200  two",
        "-20 x",
        "999 ",
        "101 Switching Protocols",
        "103 Early Hints"
    };
    private static final String[] LINE_ENDS = {
        "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r", "\r\r\n",
        "\r\n "
    };
    private static final String[] FIELDS = {
        "Host: a",
        "Host: shop.example:8080",
        "Host: [::1]:80",
        "Host:",
        "Host: a b",
        "Host : a",
        "Host: a@b",
        "Host: a:",
        "Host: a:+1",
        "Host: a:99999",
        "Host: a,b",
        "host: a_b-c.d",
        "Content-Length: 5",
        "Content-Length: 0",
        "Content-Length: 05",
        "Content-Length: +5",
        "Content-Length: 5, 5",
        "Content-Length:\t3 ",
        "Content-Length: 5 5",
        "Content-Length: 99999999999999999999",
        "Content-Length: 0x5",
        "Content-Length:",
        "content-length: 2",
        "Content_Length: 5",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked",
        "transfer-encoding: Chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding:\u000bchunked",
        "Transfer-Encoding: chunked;a=b",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding:",
        "Transfer-Encoding: identity",
        "Transfer-Encoding : chunked",
        "TE: trailers",
        "Connection: close",
        "Connection: keep-alive, X-A",
        "Cookie: JSESSIONID=4F2A.n1; a=\"b\"",
        "X-A:",
        "X-B: \t ",
        "X-C: a\u00e9b",
        "X-D: a\0b",
        "X-E: a\u0001b",
        "X-F: a\u007fb",
        ": nothing",
        "X G: a",
        "X(: a",
        "no colon",
        " folded: a",
        "\tfolded",
        "X-H: a:b:c",
        "Expect: 100-continue",
        "Upgrade: websocket",
        "X-I:a",
        "X-J:  a\t b  "
    };
    private static final String[] BODIES = {
        "hello",
        "",
        "5\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r\n0\r\nX-T: a\r\n\r\n",
        "5;a=b\r\nhello\r\n0\r\n\r\n",
        "5 \r\nhello\r\n0\r\n\r\n",
        "5\nhello\n0\n\n",
        "a\r\n0123456789\r\n0\r\n\r\n",
        "A\r\n0123456789\r\n3\r\nabc\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello0\r\n\r\n",
        "005\r\nhello\r\n000\r\n\r\n",
        "fffffffff\r\nhello\r\n0\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n",
        "\r\n0\r\n\r\n",
        "5\r\r\nhello\r\n0\r\n\r\n",
        "0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "5\r\nhello\r\n0\r\nHost: b\r\n X: folded\r\n\r\n",
        "0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
    };
    private static final String SPOILS = "\r\n\t \0:;,0159aAfF-_/\"\\\u007f\u0080\u00ff%?#[]@";
    private static final int CORPUS = 5;

    private final SplittableRandom random;
    private final List<byte[]> corpus = new ArrayList<>();

    Messages(long seed) {
        random = new SplittableRandom(seed);
        for (Attack attack : Siege.all()) {
            if (attack.text().length() < 2_000) {
                corpus.add(bytes(attack.text()));
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    byte[] request() {
        if (random.nextInt(CORPUS) == 0) {
            return spoilt(corpus.get(random.nextInt(corpus.size())));
        }
        String line = some(METHODS, 2) + " " + some(TARGETS, 2) + " " + some(VERSIONS, 2);
        String host = random.nextInt(8) == 0 ? "" : "Host: shop.example\r\n";
        return spoilt(bytes(line + end() + host + rest()));
    }

    byte[] response() {
        return spoilt(bytes(some(VERSIONS, 2) + " " + some(STATUS, 4) + end() + rest()));
    }

    private String rest() {
        StringBuilder text = new StringBuilder();
        boolean wild = random.nextInt(3) == 0;
        int fields = random.nextInt(5);
        for (int i = 0; i < fields; i++) {
            text.append(wild ? some(FIELDS, FIELDS.length) : TAME[random.nextInt(TAME.length)])
                    .append(wild ? end() : "\r\n");
        }
        return text.append(wild ? end() : "\r\n")
                .append(some(BODIES, BODIES.length))
                .toString();
    }

    /** Of which most messages are read by everybody. */
    private static final String[] TAME = {
        "Content-Length: 5",
        "Transfer-Encoding: chunked",
        "X-C: a\u00e9b",
        "X-H: a:b:c",
        "X-J:  a\t b  ",
        "X-A:",
        "Accept: */*"
    };

    private String end() {
        return random.nextInt(4) == 0 ? some(LINE_ENDS, LINE_ENDS.length) : "\r\n";
    }

    /** Mostly one of the first ones. */
    private String some(String[] from, int first) {
        return from[random.nextInt(random.nextInt(4) == 0 ? from.length : first)];
    }

    /** Changed in up to three places, and half of the time in none. */
    private byte[] spoilt(byte[] honest) {
        int times = Math.max(0, random.nextInt(7) - 3);
        StringBuilder text = new StringBuilder(new String(honest, StandardCharsets.ISO_8859_1));
        for (int i = 0; i < times && text.length() > 0; i++) {
            int at = random.nextInt(text.length());
            char spoil = SPOILS.charAt(random.nextInt(SPOILS.length()));
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, spoil);
                case 1 -> text.insert(at, spoil);
                case 2 -> text.deleteCharAt(at);
                case 3 -> text.insert(at, text.charAt(random.nextInt(text.length())));
                default -> text.setCharAt(at, (char) random.nextInt(256));
            }
        }
        return bytes(text.toString());
    }
}
