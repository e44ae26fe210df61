package io.limpet.demo;

import java.util.regex.Pattern;

/** Tells the lines that a person should see from the others. */
final class LogLine {

    // the level stands near the front, after time and perhaps thread; further right it is only a word. Hazelcast
    // repeats itself ten times a second while a member is away, and our own classes say what follows from it
    private static final Pattern WARNING =
            Pattern.compile("^.{0,40}?\\b(WARN|WARNING|ERROR|SEVERE)\\b(?! +com\\.hazelcast\\.).*");

    private LogLine() {}

    static boolean warns(String line) {
        return WARNING.matcher(line).matches();
    }
}
