package io.limpet.proxy.attack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lines that end with CR LF and have no other control character than a tab in them (RFC 9112 §2.2). */
final class Lines {

    private static final int LONGEST = 1 << 20;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final InputStream in;

    Lines(InputStream in) {
        this.in = in;
    }

    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /**
     * The next line without its end.
     *
     * @throws EOFException when the stream ends before the line does
     */
    String next() throws IOException, MalformedMessageException {
        return next(readOrEnd());
    }

    /** The line that begins with this byte. */
    String next(int first) throws IOException, MalformedMessageException {
        StringBuilder line = new StringBuilder();
        for (int octet = first; octet != '\r'; octet = readOrEnd()) {
            if ((octet < ' ' && octet != '\t') || octet == 0x7f || line.length() > LONGEST) {
                throw new MalformedMessageException("control character " + octet + " after '" + line + "'");
            }
            line.append((char) octet);
        }
        if (readOrEnd() != '\n') {
            throw new MalformedMessageException("CR without LF after '" + line + "'");
        }
        return line.toString();
    }

    /** Field lines up to the empty line (RFC 9112 §5). */
    List<Field> fields() throws IOException, MalformedMessageException {
        List<Field> fields = new ArrayList<>();
        for (String line = next(); !line.isEmpty(); line = next()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon));
            if (!isToken(name)) {
                throw new MalformedMessageException("field line '" + line + "'");
            }
            fields.add(new Field(name, withoutBlanks(line.substring(colon + 1))));
        }
        return fields;
    }

    private static String withoutBlanks(String value) {
        return value.replaceAll("^[ \\t]+|[ \\t]+$", "");
    }

    String bytes(long count) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(count, Integer.MAX_VALUE));
        if (bytes.length < count) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The next byte, -1 at the end. */
    int read() throws IOException {
        return in.read();
    }

    private int readOrEnd() throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw new EOFException();
        }
        return octet;
    }
}
