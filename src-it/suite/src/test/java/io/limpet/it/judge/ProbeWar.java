package io.limpet.it.judge;

import io.limpet.it.cluster.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The probe with a deployment descriptor for one test.
 *
 * @param limpet what of Limpet is in it
 * @param contextParams for the probe: its session cookie and how sessions are tracked; with {@link #NO_LOGIN} among
 *     them nobody can log in
 */
public record ProbeWar(Limpet limpet, Map<String, String> contextParams) {

    /** Where somebody may log in, a container may look for him in the session, which is an access. */
    public static final String NO_LOGIN = "no-login";

    private static final String LOGIN = "(?s)<security-constraint>.*</security-role>";

    /** What of Limpet is in an application. */
    public enum Limpet {
        /** Nothing: neither the filter in {@code web.xml} nor the jar. */
        NONE("0"),
        /** The filter, failover off. */
        FILTER("1"),
        /** The filter, failover on; it is alone in its cluster. */
        FAILOVER("2");

        private final String mark;

        Limpet(String mark) {
            this.mark = mark;
        }

        /** One character for the application's path. */
        String mark() {
            return mark;
        }
    }

    /** Writes it into the folder. */
    public Path writeTo(Path folder, String name) {
        Path copy = folder.resolve(name + ".war");
        try (ZipFile original = new ZipFile(Artifact.PROBE.path().toFile());
                ZipOutputStream written = new ZipOutputStream(Files.newOutputStream(copy))) {
            written.setLevel(Deflater.NO_COMPRESSION); // most of it is jars
            copy(original, written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    private void copy(ZipFile original, ZipOutputStream written) throws IOException {
        Predicate<String> leftOut = leftOut();
        for (ZipEntry entry : Collections.list(original.entries())) {
            if (leftOut.test(entry.getName())) {
                continue;
            }
            written.putNextEntry(new ZipEntry(entry.getName()));
            try (InputStream content = original.getInputStream(entry)) {
                if (entry.getName().equals("WEB-INF/web.xml")) {
                    writeWebXml(content, written);
                } else {
                    content.transferTo(written);
                }
            }
            written.closeEntry();
        }
    }

    /** Hazelcast is large, and only failover needs it. */
    private Predicate<String> leftOut() {
        Predicate<String> hazelcast = entry -> entry.startsWith("WEB-INF/lib/hazelcast");
        Predicate<String> filter = entry -> entry.startsWith("WEB-INF/lib/limpet-filter");
        return switch (limpet) {
            case NONE -> hazelcast.or(filter);
            case FILTER -> hazelcast;
            case FAILOVER -> entry -> false;
        };
    }

    private void writeWebXml(InputStream original, OutputStream written) throws IOException {
        String webXml = new String(original.readAllBytes(), StandardCharsets.UTF_8);
        if (limpet == Limpet.NONE) {
            webXml = webXml.replaceAll("(?s)<!--limpet-->.*<!--/limpet-->", "");
        }
        if (contextParams.containsKey(NO_LOGIN)) {
            webXml = webXml.replaceAll(LOGIN, "");
        }
        webXml = webXml.replace("<!--context-params-->", params("context-param", contextParams))
                .replace(
                        "<!--init-params-->",
                        params("init-param", Map.of("failover", limpet == Limpet.FAILOVER ? "true" : "false")));
        written.write(webXml.getBytes(StandardCharsets.UTF_8));
    }

    private static String params(String element, Map<String, String> params) {
        StringBuilder xml = new StringBuilder();
        params.forEach((name, value) -> xml.append('<')
                .append(element)
                .append("><param-name>")
                .append(name)
                .append("</param-name><param-value>")
                .append(value)
                .append("</param-value></")
                .append(element)
                .append(">"));
        return xml.toString();
    }
}
