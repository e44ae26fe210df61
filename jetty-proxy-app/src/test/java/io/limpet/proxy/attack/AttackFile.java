package io.limpet.proxy.attack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a family of attacks.
 *
 * <pre>
 * # a comment
 * frame                                   what several entries have in common
 * |POST / HTTP/1.1                        a line, sent with CR LF behind it
 * |&lt;&gt;                                 here stands what is different
 * |
 * |hello\                                 a backslash at the end: no CR LF
 * == plus-sign: RFC 9110 §8.6             an entry; at its end may stand [passes], [refused] or [alone]
 * &lt;Content-Length: +5                   what stands in the frame's place
 * == another: RFC 9112 §3                 an entry without the frame
 * |GET / HTTP/1.1
 * </pre>
 *
 * <p>Escapes: <code>\r \n \t \0 \\ \xHH</code>, and <code>\{1000*a}</code> for a thousand times the letter.
 */
final class AttackFile {

    private static final Pattern TITLE = Pattern.compile("== ([a-z0-9-]+): ([^\\[]+?)((?: \\[[a-z]+])*)");
    private static final Pattern MARK = Pattern.compile("\\[([a-z]+)]");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:([rnt0\\\\])|x([0-9A-F]{2})|\\{([0-9]+)\\*([^}]+)})");
    private static final String FOLLOWING =
            "GET /following HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n";

    private final String family;
    private final List<Attack> attacks = new ArrayList<>();
    private final StringBuilder frame = new StringBuilder();
    private final StringBuilder own = new StringBuilder();
    private final StringBuilder filling = new StringBuilder();
    private String title = "";

    private AttackFile(String family) {
        this.family = family;
    }

    static List<Attack> read(String family) {
        AttackFile file = new AttackFile(family);
        try (InputStream in = AttackFile.class.getResourceAsStream(family + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no family " + family);
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(file::line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file.endEntry();
        return file.attacks;
    }

    private void line(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.equals("frame") || line.startsWith("==")) {
            endEntry();
            title = line;
            if (line.equals("frame")) {
                frame.setLength(0);
            }
            return;
        }
        boolean ends = !line.endsWith("\\") || line.endsWith("\\\\");
        String text = ends ? line.substring(1) : line.substring(1, line.length() - 1);
        switch (line.charAt(0)) {
            case '|' -> (title.equals("frame") ? frame : own).append(text).append(ends ? "\r\n" : "");
            case '<' -> filling.append(filling.length() == 0 ? "" : "\r\n").append(text);
            default -> throw new IllegalArgumentException(family + ": '" + line + "'");
        }
    }

    private void endEntry() {
        if (title.startsWith("==")) {
            Matcher parts = TITLE.matcher(title);
            if (!parts.matches() || own.length() + filling.length() == 0) {
                throw new IllegalArgumentException(family + ": '" + title + "'");
            }
            String text =
                    filling.length() == 0 ? own.toString() : frame.toString().replace("<>", filling) + own;
            Set<Attack.Mark> marks = marks(parts.group(3));
            String all = unescaped(text) + (marks.contains(Attack.Mark.ALONE) ? "" : FOLLOWING);
            attacks.add(new Attack(family + "/" + parts.group(1), parts.group(2), marks, all));
        }
        title = "";
        own.setLength(0);
        filling.setLength(0);
    }

    private static Set<Attack.Mark> marks(String text) {
        Set<Attack.Mark> marks = EnumSet.noneOf(Attack.Mark.class);
        Matcher mark = MARK.matcher(text);
        while (mark.find()) {
            marks.add(Attack.Mark.valueOf(mark.group(1).toUpperCase(Locale.ROOT)));
        }
        return marks;
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(unescaped(escape)));
    }

    private static String unescaped(MatchResult escape) {
        if (escape.group(2) != null) {
            return String.valueOf((char) Integer.parseInt(escape.group(2), 16));
        }
        if (escape.group(3) != null) {
            return unescaped(escape.group(4)).repeat(Integer.parseInt(escape.group(3)));
        }
        return switch (escape.group(1)) {
            case "r" -> "\r";
            case "n" -> "\n";
            case "t" -> "\t";
            case "0" -> "\0";
            default -> "\\";
        };
    }
}
