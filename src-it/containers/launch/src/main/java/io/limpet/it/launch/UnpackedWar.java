package io.limpet.it.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An application unpacked into a folder of its own below {@code java.io.tmpdir}.
 *
 * @param folder holds {@code WEB-INF}
 * @param context the context path, empty for the root
 */
public record UnpackedWar(Path folder, String context) {

    static UnpackedWar of(NodeOptions.War war) throws IOException {
        Path folder = Files.createTempDirectory("war");
        try (ZipFile zip = new ZipFile(war.file().toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                unpack(zip, entries.nextElement(), folder);
            }
        }
        return new UnpackedWar(folder, war.context());
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("the WAR has an entry outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, target);
        }
    }

    /** A loader of the application's own classes and libraries, for a container that brings none. */
    public URLClassLoader classLoader() throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(folder.resolve("WEB-INF/classes").toUri().toURL());
        try (Stream<Path> jars = Files.list(folder.resolve("WEB-INF/lib"))) {
            for (Path jar : jars.sorted().toList()) {
                urls.add(jar.toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), UnpackedWar.class.getClassLoader());
    }

    /** Whether it has pages for which a container needs a compiler. */
    public boolean hasPages() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".jsp"));
        }
    }

    void delete() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the unpacked WAR stays behind in " + folder, e);
        }
    }
}
