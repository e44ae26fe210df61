package io.limpet.proxy.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A file that is only ever added to, and that others may move away or put another one in place of, as logrotate does. For
 * one thread.
 */
final class LogFile implements LogTarget {

    /** Where a file system gives files no identity, all of them are this one. */
    private static final Object ANY = "any";

    private final Path path;
    private Optional<Object> opened = Optional.empty();

    LogFile(Path path) {
        this.path = path;
    }

    @Override
    public OutputStream open() throws IOException {
        // before it is opened: what comes between then looks like another file, and is opened anew
        opened = identity();
        OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (opened.isEmpty()) {
            opened = identity();
        }
        if (opened.isEmpty()) {
            out.close();
            throw new IOException(path + " is away as soon as it is made");
        }
        return out;
    }

    @Override
    public boolean isStillThere() {
        return opened.equals(identity());
    }

    /** Empty when there is no file. */
    private Optional<Object> identity() {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return Optional.of(key == null ? ANY : key);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
