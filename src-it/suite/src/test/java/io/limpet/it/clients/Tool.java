package io.limpet.it.clients;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the system's, which may be missing.
 *
 * @param path the program
 */
record Tool(Path path) {

    private static final long LIMIT_SECONDS = 300;

    /** Finds or installs it, or has the test skipped, which says so. Its package is called the same. */
    static Tool named(String name) {
        return new Tool(DebianProgram.find(name, name));
    }

    /** Runs it to its end, and answers what it printed. */
    String run(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve(path.getFileName() + ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                if (!process.waitFor(LIMIT_SECONDS, SECONDS) || process.exitValue() != 0) {
                    throw new AssertionError(command + " failed: " + Files.readString(output));
                }
            } finally {
                process.destroyForcibly();
            }
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
