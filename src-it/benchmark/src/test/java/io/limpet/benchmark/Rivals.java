package io.limpet.benchmark;

import io.limpet.it.cluster.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The measured application with failover of one kind or another. */
final class Rivals {

    private static final Path FETCHED = Path.of("target/rivals").toAbsolutePath();
    private static final Path SPRING =
            Path.of("../rivals/spring-session/target").toAbsolutePath().normalize();

    private Rivals() {}

    static Application limpet() {
        return Application.filtered(Map.of("failover", "true"), FETCHED.resolve("hazelcast.jar"));
    }

    static Application spring() {
        try (Stream<Path> libraries = Files.list(SPRING.resolve("lib"))) {
            return new Application(
                    "<listener><listener-class>io.limpet.rival.spring.SpringSession</listener-class></listener>",
                    Stream.concat(Stream.of(SPRING.resolve("spring-session.jar")), libraries)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It was released for {@code javax.servlet} only; Tomcat's tool makes it one of {@code jakarta.servlet}. */
    static Application hazelcastWm(WorkFolder work) {
        Path migrated = work.folder().resolve("hazelcast-wm.jar");
        migrate(FETCHED.resolve("hazelcast-wm.jar"), migrated);
        return new Application(
                """
                <listener><listener-class>com.hazelcast.web.SessionListener</listener-class></listener>
                <filter>
                  <filter-name>hazelcast</filter-name>
                  <filter-class>com.hazelcast.web.WebFilter</filter-class>
                  <init-param><param-name>sticky-session</param-name><param-value>true</param-value></init-param>
                  <init-param><param-name>deferred-write</param-name><param-value>false</param-value></init-param>
                </filter>
                <filter-mapping>
                  <filter-name>hazelcast</filter-name> <url-pattern>/*</url-pattern>
                  <dispatcher>REQUEST</dispatcher> <dispatcher>FORWARD</dispatcher> <dispatcher>INCLUDE</dispatcher>
                </filter-mapping>
                """,
                List.of(migrated, FETCHED.resolve("hazelcast.jar")));
    }

    private static void migrate(Path javax, Path jakarta) {
        try {
            int exit = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-jar",
                            FETCHED.resolve("jakartaee-migration.jar").toString(),
                            javax.toString(),
                            jakarta.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("jakartaee-migration ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
