package io.limpet.it.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build fetched and unpacked. */
final class Release {

    private Release() {}

    /** The one folder, or the one file, that an archive holds. */
    static Path of(String archive) {
        Path folder = property("limpet.servers.dist").resolve(archive);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> !file.getFileName().toString().equals("META-INF"))
                    .toList();
            if (found.size() != 1) {
                throw new IllegalStateException(folder + " should hold one folder or file, not " + found);
            }
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(archive + " was not unpacked; run mvn -Pservers verify", e);
        }
    }

    /** The folder of the libraries of an embedded TomEE. */
    static Path tomee() {
        return property("limpet.servers.tomee");
    }

    /** The version of a server, by its name. */
    static String version(String server) {
        return System.getProperty("limpet.version." + server, "unknown");
    }

    static Path property(String name) {
        String value = System.getProperty(name, "");
        if (value.isEmpty()) {
            throw new IllegalStateException(name + " is not set; run mvn -Pservers verify");
        }
        return Path.of(value).toAbsolutePath().normalize();
    }
}
