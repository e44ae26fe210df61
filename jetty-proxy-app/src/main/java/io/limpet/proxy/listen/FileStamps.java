package io.limpet.proxy.listen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * How files looked at one moment: whether they were there, which ones they were behind their links, how long, how old.
 *
 * @param stamps a line for each file
 */
record FileStamps(Map<Path, String> stamps) {

    /** Links are followed: Kubernetes replaces a mounted secret by moving one. */
    static FileStamps of(Collection<Path> files) {
        Map<Path, String> stamps = new TreeMap<>();
        files.forEach(file -> stamps.put(file, stamp(file)));
        return new FileStamps(stamps);
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return is.fileKey() + " " + is.size() + " " + is.lastModifiedTime();
        } catch (IOException e) {
            return "cannot be read";
        }
    }
}
