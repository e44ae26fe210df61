package io.limpet.it.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The folder of one cluster below {@code target}: its logs stay to be read, its temporary files do not.
 *
 * @param folder holds the logs
 */
public record WorkFolder(Path folder) {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** A new one. */
    public static WorkFolder create(String name) {
        Path folder = Path.of(
                System.getProperty("limpet.it.work", "target/nodes"),
                ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet() + "-" + name);
        try {
            Files.createDirectories(folder.resolve("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WorkFolder(folder.toAbsolutePath());
    }

    /** A name that no earlier log here has: a restarted process gets a new one. */
    public Path log(String name) {
        for (int start = 1; ; start++) {
            Path log = folder.resolve(name + "-" + start + ".log");
            if (!Files.exists(log)) {
                return log;
            }
        }
    }

    /** For {@code java.io.tmpdir}: what a killed process leaves behind is found there. */
    public String temporary() {
        return "-Djava.io.tmpdir=" + folder.resolve("tmp");
    }

    List<Path> logs() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(it -> it.toString().endsWith(".log")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteTemporary() {
        try (Stream<Path> files = Files.walk(folder.resolve("tmp"))) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
