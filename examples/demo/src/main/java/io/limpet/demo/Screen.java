package io.limpet.demo;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** Where the demo talks to whoever started it; several threads may. */
final class Screen {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Ansi ansi;
    private boolean shut;

    Screen(PrintWriter out, PrintWriter err, Ansi ansi) {
        this.out = out;
        this.err = err;
        this.ansi = ansi;
    }

    /** Prints text with picocli's colour marks ({@code @|bold ...|@}). */
    synchronized void say(String text) {
        print(out, ansi.string(text));
    }

    /** Prints a line of a process as it is, with its name in front. */
    synchronized void quote(String name, String line) {
        print(out, ansi.string("@|faint " + name + " >|@ ") + line);
    }

    /** Prints what went wrong. */
    synchronized void complain(Exception why) {
        print(err, "limpet-demo: " + why.getMessage());
    }

    /** From now on nothing is printed: what processes say while they are being ended is no news. */
    synchronized void shut() {
        shut = true;
    }

    private void print(PrintWriter writer, String text) {
        if (!shut) {
            writer.println(text);
            writer.flush();
        }
    }
}
