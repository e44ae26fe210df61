package io.limpet.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The measured application with something in front of it.
 *
 * @param filters goes into its {@code web.xml}
 * @param libraries go into its {@code WEB-INF/lib}
 */
record Application(String filters, List<Path> libraries) {

    /** As it is. */
    static final Application BARE = new Application("", List.of());

    /** With Limpet's filter and these init-params. */
    static Application filtered(Map<String, String> initParams, Path... libraries) {
        StringBuilder params = new StringBuilder();
        initParams.forEach((name, value) -> params.append("<init-param><param-name>")
                .append(name)
                .append("</param-name><param-value>")
                .append(value)
                .append("</param-value></init-param>"));
        List<Path> all = new ArrayList<>(List.of(libraries));
        all.add(path("limpet.benchmark.filter"));
        return new Application("""
                <filter>
                  <filter-name>limpet</filter-name>
                  <filter-class>io.limpet.filter.LimpetFilter</filter-class>
                  <async-supported>true</async-supported>
                  %s
                </filter>
                <filter-mapping>
                  <filter-name>limpet</filter-name> <url-pattern>/*</url-pattern>
                  <dispatcher>REQUEST</dispatcher> <dispatcher>ASYNC</dispatcher> <dispatcher>ERROR</dispatcher>
                  <dispatcher>FORWARD</dispatcher> <dispatcher>INCLUDE</dispatcher>
                </filter-mapping>
                """.formatted(params), all);
    }

    /** Writes it as a WAR. */
    Path writeTo(Path war) {
        try (ZipInputStream original = new ZipInputStream(Files.newInputStream(path("limpet.benchmark.war")));
                ZipOutputStream written = new ZipOutputStream(Files.newOutputStream(war))) {
            for (ZipEntry entry = original.getNextEntry(); entry != null; entry = original.getNextEntry()) {
                written.putNextEntry(new ZipEntry(entry.getName()));
                byte[] content = original.readAllBytes();
                written.write(entry.getName().equals("WEB-INF/web.xml") ? webXml(content) : content);
            }
            for (Path library : libraries) {
                written.putNextEntry(new ZipEntry("WEB-INF/lib/" + library.getFileName()));
                Files.copy(library, written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return war;
    }

    private byte[] webXml(byte[] original) {
        return new String(original, StandardCharsets.UTF_8)
                .replace("<!--filters-->", filters)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Path path(String property) {
        return Path.of(System.getProperty(property)).toAbsolutePath();
    }
}
