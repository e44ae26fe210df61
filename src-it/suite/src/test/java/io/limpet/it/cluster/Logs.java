package io.limpet.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must not be in a log, whatever a client sent or whoever was killed: an error, or a stack trace. Only Hazelcast may
 * warn with one, as it does of every member whose connection breaks.
 */
final class Logs {

    private static final int MOST_OF_ONE_LOG = 5;

    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+at [\\w.$/@-]+\\(.*\\)$");
    private static final Pattern ERROR = Pattern.compile("\\b(ERROR|SEVERE)\\b|^Exception in thread");

    // how java.util.logging begins a record: time, then the class that logs
    private static final Pattern RECORD = Pattern.compile("^\\w{3} \\d{1,2}, \\d{4} [\\d:]+\\h[AP]M ([\\w.$]+)");

    private Logs() {}

    static void assertClean(WorkFolder folder) {
        List<String> bad = new ArrayList<>();
        folder.logs().forEach(log -> bad.addAll(badLines(log)));
        assertThat(bad).as("errors and stack traces in the logs").isEmpty();
    }

    private static List<String> badLines(Path log) {
        List<String> bad = new ArrayList<>();
        String logger = "";
        for (String line : lines(log)) {
            Matcher record = RECORD.matcher(line);
            if (record.find()) {
                logger = record.group(1);
            }
            boolean frame = STACK_FRAME.matcher(line).find() && !logger.startsWith("com.hazelcast.");
            if (frame || ERROR.matcher(line).find()) {
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
