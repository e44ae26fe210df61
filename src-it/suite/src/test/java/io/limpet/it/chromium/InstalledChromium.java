package io.limpet.it.chromium;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Chromium as this machine has it, or gets it from Debian's packages where this build may install any. */
final class InstalledChromium {

    private static final long LIMIT_MINUTES = 5;

    private InstalledChromium() {}

    /** Its program; empty when it is neither there nor can be installed. */
    static Optional<Path> find() {
        return onPath().or(() -> mayInstall() && install() ? onPath() : Optional.empty());
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean mayInstall() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/apt-get"));
    }

    private static boolean install() {
        try {
            Process install = new ProcessBuilder(
                            List.of("apt-get", "install", "-y", "--no-install-recommends", "chromium"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (install.waitFor(LIMIT_MINUTES, MINUTES)) {
                return install.exitValue() == 0;
            }
            install.destroyForcibly();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
