package io.limpet.it.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The folder of one node, which it keeps over restarts.
 *
 * @param path absolute
 */
record NodeFolder(Path path) {

    /** Copies a folder or a file of the release, with everything in it. */
    void copy(Path from, String to) throws IOException {
        Path target = path.resolve(to);
        Files.createDirectories(target.resolveSibling("."));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** Makes empty folders. */
    void folders(String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(path.resolve(name));
        }
    }

    /** Writes a file. */
    void write(String file, String text) throws IOException {
        Path target = path.resolve(file);
        Files.createDirectories(target.resolveSibling("."));
        Files.writeString(target, text);
    }

    /**
     * Replaces every occurrence of a text in a file.
     *
     * @throws IllegalStateException when there is none: the release has another file than this recipe was written for
     */
    void edit(String file, String from, String to) throws IOException {
        Path target = path.resolve(file);
        String text = Files.readString(target);
        if (!text.contains(from)) {
            throw new IllegalStateException(target + " has no '" + from + "' any more; look what it has instead");
        }
        Files.writeString(target, text.replace(from, to));
    }

    /** Unpacks an archive. */
    void unpack(Path archive, String to) throws IOException {
        Path target = path.resolve(to);
        try (ZipFile zip = new ZipFile(archive.toFile(), StandardCharsets.UTF_8)) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            for (ZipEntry entry : Collections.list(entries)) {
                Path file = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory() || !file.startsWith(target)) {
                    continue;
                }
                Files.createDirectories(file.resolveSibling("."));
                try (InputStream content = zip.getInputStream(entry)) {
                    Files.copy(content, file);
                }
            }
        }
    }

    /** The absolute path of something in it. */
    String at(String name) {
        return path.resolve(name).toString();
    }
}
