package io.limpet.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A temporary folder for what the processes need as files: the shop unpacked, the proxy's jar, the logs, and a place for
 * each node to work in. Closing deletes it with everything in it.
 */
final class Folder implements AutoCloseable {

    private static final int LOG_TAIL = 15;

    private final Path root;

    private Folder(Path root) {
        this.root = root;
    }

    /** @throws IOException when there is no room for it, or this jar was built without the shop or the proxy */
    static Folder unpack() throws IOException {
        Folder folder = new Folder(Files.createTempDirectory("limpet-demo-"));
        try {
            Files.createDirectory(folder.logs());
            try (InputStream proxy = carried("limpet-proxy.jar")) {
                Files.copy(proxy, folder.proxy());
            }
            try (InputStream shop = carried("limpet-shop.war")) {
                unzip(shop, folder.shop());
            }
            return folder;
        } catch (IOException e) {
            folder.close();
            throw e;
        }
    }

    Path shop() {
        return root.resolve("shop");
    }

    Path proxy() {
        return root.resolve("limpet-proxy.jar");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** The last lines of a process's log, for a message; empty when there is none. */
    String endOfLog(String process) {
        try {
            List<String> lines = Files.readAllLines(log(process));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    Path work(String node) {
        return root.resolve("work").resolve(node);
    }

    /** Deletes what can be deleted; what another process still holds stays for the system's own cleaning. */
    @Override
    public void close() {
        try (Stream<Path> everything = Files.walk(root)) {
            List<Path> deepestFirst =
                    everything.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                path.toFile().delete();
            }
        } catch (IOException | UncheckedIOException e) {
            // a process that is just ending removed something first: nothing is left to do here
        }
    }

    private static InputStream carried(String name) throws IOException {
        InputStream in = Folder.class.getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException(
                    name + " is not in this jar; build the demo with 'mvn package' from the top folder");
        }
        return in;
    }

    static void unzip(InputStream archive, Path target) throws IOException {
        ZipInputStream zip = new ZipInputStream(archive);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            Path path = target.resolve(entry.getName()).normalize();
            if (!path.startsWith(target)) {
                throw new IOException("the archive has an entry outside of itself: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(path);
                continue;
            }
            Files.createDirectories(path.resolveSibling("."));
            Files.copy(zip, path);
        }
    }
}
