package io.limpet.proxy.attack;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads HTTP/1 requests by the letter of RFC 9112: what may be refused, is. What two honest readers could take for two
 * different requests it takes for none.
 */
final class StrictReader {

    private static final Pattern REQUEST_LINE = Pattern.compile("([^ ]+) ([!-~]+) HTTP/1\\.([0-9])");

    /** RFC 9112 §3 allows to read words, whatever the blanks between; this reader allows spaces, and small letters. */
    private static final Pattern WORDS = Pattern.compile("([^ ]+) +([!-~]+) +(?i:HTTP)/1\\.([0-9]) *");

    private static final Pattern LENGTH = Pattern.compile("0*[0-9]{1,18}");
    private static final Pattern CHUNK = Pattern.compile(
            "([0-9A-Fa-f]{1,7})(?:[ \\t]*;[ \\t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \\t]*=[ \\t]*(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|\"[^\"]*\"))?)*");

    private final Lines lines;
    private final Pattern requestLine;
    private final int emptyLines;

    private StrictReader(InputStream in, Pattern requestLine, int emptyLines) {
        lines = new Lines(in);
        this.requestLine = requestLine;
        this.emptyLines = emptyLines;
    }

    /** Reads what a proxy sends: nothing is allowed that need not be. */
    static StrictReader ofOrigin(InputStream in) {
        return new StrictReader(in, REQUEST_LINE, 0);
    }

    /** Reads what a client sends: what has one reading only, and is allowed by the RFC, is allowed. */
    static StrictReader ofProxy(InputStream in) {
        return new StrictReader(in, WORDS, Integer.MAX_VALUE);
    }

    /** The next request's head; empty at the end of the stream. */
    Optional<Head> head() throws IOException, MalformedMessageException {
        int first = lines.read();
        if (first < 0) {
            return Optional.empty();
        }
        String line = lines.next(first);
        // RFC 9112 §2.2: empty lines before a request are ignored
        for (int i = 0; i < emptyLines && line.isEmpty(); i++) {
            line = lines.next();
        }
        Matcher request = requestLine.matcher(line);
        if (!request.matches() || !Lines.isToken(request.group(1))) {
            throw new MalformedMessageException("request line '" + line + "'");
        }
        int minor = Integer.parseInt(request.group(3));
        Target target = Target.of(request.group(1), request.group(2));
        Head head = new Head(request.group(1), target, minor, lines.fields());
        checkHost(head);
        return Optional.of(head);
    }

    /** RFC 9112 §3.2. */
    private static void checkHost(Head head) throws MalformedMessageException {
        List<String> hosts = head.values("host");
        if (hosts.size() > 1 || (hosts.isEmpty() && head.minor() > 0)) {
            throw new MalformedMessageException(hosts.size() + " Host fields");
        }
        if (!hosts.isEmpty() && !Target.isHost(hosts.get(0))) {
            throw new MalformedMessageException("Host '" + hosts.get(0) + "'");
        }
    }

    /** The body of the request whose head was read last (RFC 9112 §6.3). */
    Body body(Head head) throws IOException, MalformedMessageException {
        List<String> codings = head.values("transfer-encoding");
        List<String> lengths = head.values("content-length");
        if (codings.isEmpty() && lengths.isEmpty()) {
            return Body.NONE;
        }
        if (codings.size() + lengths.size() > 1) {
            throw new MalformedMessageException("more than one word about the length: " + codings + lengths);
        }
        if (!lengths.isEmpty()) {
            if (!LENGTH.matcher(lengths.get(0)).matches()) {
                throw new MalformedMessageException("Content-Length '" + lengths.get(0) + "'");
            }
            return new Body(lines.bytes(Long.parseLong(lengths.get(0))), List.of());
        }
        if (!codings.get(0).equalsIgnoreCase("chunked") || head.minor() == 0) {
            throw new MalformedMessageException("Transfer-Encoding '" + codings.get(0) + "'");
        }
        return chunks();
    }

    /** RFC 9112 §7.1. */
    private Body chunks() throws IOException, MalformedMessageException {
        StringBuilder content = new StringBuilder();
        while (true) {
            String line = lines.next();
            Matcher chunk = CHUNK.matcher(line);
            if (!chunk.matches()) {
                throw new MalformedMessageException("chunk '" + line + "'");
            }
            int size = Integer.parseInt(chunk.group(1), 16);
            if (size == 0) {
                return new Body(content.toString(), lines.fields());
            }
            content.append(lines.bytes(size));
            if (!lines.next().isEmpty()) {
                throw new MalformedMessageException("chunk of another size than it says");
            }
        }
    }
}
