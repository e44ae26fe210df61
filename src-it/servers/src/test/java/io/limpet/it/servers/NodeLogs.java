package io.limpet.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the nodes of a server have written in this run; their logs stay when they are gone. */
record NodeLogs(ReleasedServer server) {

    private static final Path ALL = Path.of(System.getProperty("limpet.it.work", "target/nodes"));

    /** Whether any of them has written this. */
    boolean say(String text) {
        String run = ProcessHandle.current().pid() + "-";
        try (Stream<Path> logs =
                Files.find(ALL, 2, (file, about) -> file.toString().endsWith(".log"))) {
            return logs.filter(log -> {
                        String folder = log.getParent().getFileName().toString();
                        return folder.startsWith(run) && folder.contains("-" + server + "-");
                    })
                    .anyMatch(log -> contains(log, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean contains(Path log, String text) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) { // reads any bytes
            return lines.anyMatch(line -> line.contains(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
