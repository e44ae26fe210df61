package io.limpet.route;

import java.util.List;
import java.util.Random;

/** What clients may send: session ids, cookies and paths, and what becomes of them when they are broken in any way. */
public final class Mutations {

    private static final List<String> PIECES = List.of(
            ".",
            ";",
            "=",
            "\"",
            " ",
            ",",
            "/",
            "?",
            "#",
            "%",
            "\\",
            "\0",
            "\u00ff",
            "\ud83d",
            "n1",
            ".n1",
            ".n1.n2",
            "JSESSIONID",
            "JSESSIONID=",
            "; JSESSIONID=x.n1",
            ";jsessionid=",
            ";jsessionid=x.n2",
            "../",
            "%2e");

    private final Random random;

    public Mutations(Random random) {
        this.random = random;
    }

    /** The text with one to four changes, or garbage. */
    public String of(String text) {
        if (random.nextInt(10) == 0) {
            return garbage();
        }
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            change(changed);
        }
        return changed.toString();
    }

    private void change(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int kind = random.nextInt(5);
        if (kind == 0 || at == text.length()) {
            text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        } else if (kind == 1) {
            text.deleteCharAt(at);
        } else if (kind == 2) {
            text.setCharAt(at, (char) (text.charAt(at) ^ (1 << random.nextInt(7))));
        } else if (kind == 3) {
            text.setLength(at);
        } else {
            text.insert(at, text.substring(at, Math.min(text.length(), at + 1 + random.nextInt(20))));
        }
    }

    private String garbage() {
        int length = random.nextInt(60);
        StringBuilder garbage = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            garbage.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
        }
        return garbage.toString();
    }
}
