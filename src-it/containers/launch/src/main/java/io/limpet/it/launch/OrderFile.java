package io.limpet.it.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file by which a test tells a node what to do, in a folder that is there. */
public final class OrderFile {

    @FunctionalInterface
    private interface Look {
        boolean isWhatWasWaitedFor() throws IOException;
    }

    private final Path file;

    private OrderFile(Path file) {
        this.file = file;
    }

    /** The one that this variable of the environment names. */
    public static Optional<OrderFile> named(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .map(name -> new OrderFile(Path.of(name).toAbsolutePath()));
    }

    /** Returns when it is gone, or after so long. */
    void awaitGone(Duration longest) throws IOException, InterruptedException {
        await(() -> !Files.exists(file), longest);
    }

    /** What is written into it, once there is anything; empty when nothing is for so long. */
    public Optional<String> awaitContent(Duration longest) throws IOException, InterruptedException {
        return await(() -> Files.exists(file) && Files.size(file) > 0, longest)
                ? Optional.of(Files.readString(file))
                : Optional.empty();
    }

    private boolean await(Look look, Duration longest) throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        try (WatchService changes = file.getFileSystem().newWatchService()) {
            // before the first look: what happens between them is told, too
            WatchKey folder = file.resolveSibling(".")
                    .register(
                            changes,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
            boolean done = look.isWhatWasWaitedFor();
            while (!done && changes.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS) != null) {
                folder.pollEvents();
                folder.reset(); // before the look, or what happens between them is not told
                done = look.isWhatWasWaitedFor();
            }
            return done;
        }
    }
}
