package io.limpet.it.clients;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Somebody else's program, as this machine has it, or gets it from Debian's packages where this build may install any. */
public final class DebianProgram {

    private static final System.Logger LOG = System.getLogger(DebianProgram.class.getName());

    private static final long LIMIT_MINUTES = 5;

    private DebianProgram() {}

    /**
     * Finds it, or has the test skipped, and says so in the build's output, too: a skipped test is easily overlooked.
     *
     * @param debian the package that brings it
     * @param names what it may be called
     */
    public static Path find(String debian, String... names) {
        Optional<Path> found = onPath(names).or(() -> install(debian) ? onPath(names) : Optional.empty());
        if (found.isPresent()) {
            return found.get();
        }
        String why =
                "there is no " + names[0] + " here, and this build may not install it (apt-get install " + debian + ")";
        LOG.log(Level.WARNING, "skipped: {0}", why);
        return abort(why);
    }

    private static Optional<Path> onPath(String... names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean install(String debian) {
        return "root".equals(System.getProperty("user.name"))
                && Files.isExecutable(Path.of("/usr/bin/apt-get"))
                && (aptGet("install", debian) || (aptGet("update") && aptGet("install", debian)));
    }

    private static boolean aptGet(String... what) {
        // tests of other classes may install something at the same time
        String wait = "-oDPkg::Lock::Timeout=120";
        List<String> options = List.of("apt-get", "-y", "--no-install-recommends", wait);
        try {
            Process process = new ProcessBuilder(
                            Stream.concat(options.stream(), Stream.of(what)).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(LIMIT_MINUTES, MINUTES)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
