package io.limpet.benchmark.proxy;

import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.WorkFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The folder and the ports of one comparison: files to be served, a certificate, and the configurations that name them. */
final class Lab {

    private static final int KB = 1024;

    private final Path folder;
    private final Map<String, String> values = new HashMap<>();

    Lab() {
        folder = WorkFolder.create("proxies").folder();
        values.put("FOLDER", folder.toString());
        values.put("BODY1K", "x".repeat(KB));
        try {
            // nginx and httpd serve as somebody else
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path www = Files.createDirectory(folder.resolve("www"));
            Files.write(www.resolve("64k.bin"), new byte[64 * KB]);
            Files.write(www.resolve("1m.bin"), new byte[KB * KB]);
            certificate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void certificate() throws IOException {
        Path key = folder.resolve("key.pem");
        Path cert = folder.resolve("cert.pem");
        Daemon.run(
                folder.resolve("openssl.log"),
                List.of(
                        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
                                .split(" ")),
                List.of("-keyout", key.toString(), "-out", cert.toString()));
        Files.writeString(folder.resolve("both.pem"), Files.readString(cert) + Files.readString(key));
    }

    Path folder() {
        return folder;
    }

    /** The port of this name, the same at each call. */
    int port(String name) {
        return Integer.parseInt(values.computeIfAbsent(name, it -> Integer.toString(FreePorts.next())));
    }

    /** A file of the class path with the values of this lab in it; {@code ${NAME}} of no other value is a port. */
    Path configuration(String resource) {
        try (InputStream in = Objects.requireNonNull(Lab.class.getResourceAsStream(resource), resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            StringBuilder filled = new StringBuilder();
            int read = 0;
            for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", read)) {
                int end = text.indexOf('}', at);
                String name = text.substring(at + 2, end);
                filled.append(text, read, at).append(value(name));
                read = end + 1;
            }
            filled.append(text, read, text.length());
            return Files.writeString(folder.resolve(resource), filled);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String value(String name) {
        String known = values.get(name);
        return known == null ? Integer.toString(port(name)) : known;
    }
}
