package io.limpet.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What must not be in a log, whatever a client sent or whoever was killed: an error, or a stack trace. Only Hazelcast may
 * warn with one, as it does of every member whose connection breaks, and Tomcat of a head that is longer than it takes.
 */
final class Logs {

    private static final int MOST_OF_ONE_LOG = 5;

    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+at [\\w.$/@-]+\\(.*\\)$");
    private static final Pattern ERROR = Pattern.compile("\\b(ERROR|SEVERE)\\b|^Exception in thread");

    /**
     * What Hazelcast calls severe and mends itself: the answer of a member that slept, when it comes at last; that this
     * one still takes itself for the first of the cluster; and a merge or a stop that waits for partitions to arrive.
     */
    private static final Pattern PASSING = Pattern.compile("Response already responseReceived for callback: "
            + "|claims mastership but it is not a member!"
            + "|Still have pending migration tasks, cannot lock cluster state!");

    /** Tomcat takes 8 KB, Limpet's proxy more; it says so once, with a stack trace. */
    private static final String TOO_LONG = "java.lang.IllegalArgumentException: Request header is too large";

    // how a record begins: with a time, however the server writes it, or with a level, perhaps behind a colour
    private static final Pattern RECORD = Pattern.compile(
            "^(\\e\\[[\\d;]*m)*\\[?(#\\|)?(\\d{1,4}[-:/.][\\dA-Z]|\\w{3} \\d{1,2}, \\d{4}|[A-Z]{4,} *\\])");

    private Logs() {}

    static void assertClean(WorkFolder folder) {
        List<String> bad = new ArrayList<>();
        folder.logs().forEach(log -> bad.addAll(badLines(log)));
        assertThat(bad).as("errors and stack traces in the logs").isEmpty();
    }

    private static List<String> badLines(Path log) {
        List<String> bad = new ArrayList<>();
        boolean hazelcast = false;
        boolean tooLong = false;
        for (String line : lines(log)) {
            if (RECORD.matcher(line).find()) {
                hazelcast = line.contains("com.hazelcast.");
                tooLong = false;
            }
            tooLong |= line.equals(TOO_LONG);
            boolean frame = STACK_FRAME.matcher(line).find() && !hazelcast && !tooLong;
            boolean error = ERROR.matcher(line).find()
                    && !(hazelcast && PASSING.matcher(line).find());
            if (frame || error) {
                bad.add(log + ": " + line);
            }
        }
        return bad.subList(0, Math.min(MOST_OF_ONE_LOG, bad.size()));
    }

    private static List<String> lines(Path log) {
        try {
            // reads any bytes: a hostile request may be quoted in a log
            return Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
