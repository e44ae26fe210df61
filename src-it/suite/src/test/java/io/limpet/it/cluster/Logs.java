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

/** What must not be in a log, whatever a client sent or whoever was killed. */
final class Logs {

    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+at [\\w.$/@-]+\\(.*\\)$");
    private static final Pattern ERROR = Pattern.compile("\\b(ERROR|SEVERE)\\b|^Exception in thread");

    private Logs() {}

    static void assertClean(WorkFolder folder) {
        List<String> bad = new ArrayList<>();
        folder.logs().forEach(log -> bad.addAll(badLines(log)));
        assertThat(bad).as("errors and stack traces in the logs").isEmpty();
    }

    private static List<String> badLines(Path log) {
        try {
            // ISO-8859-1 reads any bytes: a hostile request may be quoted in a log
            return Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> STACK_FRAME.matcher(line).find()
                            || ERROR.matcher(line).find())
                    .limit(5)
                    .map(line -> log + ": " + line)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
