package io.limpet.failover.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import com.hazelcast.config.YamlConfigBuilder;
import com.hazelcast.core.HazelcastException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** An operator's own Hazelcast configuration, XML or YAML by its name. */
final class ConfigFile {

    private static final String CLASSPATH = "classpath:";

    private ConfigFile() {}

    /** @throws IllegalArgumentException when it cannot be read or Hazelcast refuses it */
    static Config read(String location, ClassLoader classLoader) {
        try (InputStream in = open(location, classLoader)) {
            boolean yaml = location.endsWith(".yaml") || location.endsWith(".yml");
            return yaml ? new YamlConfigBuilder(in).build() : new XmlConfigBuilder(in).build();
        } catch (IOException | HazelcastException e) {
            throw new IllegalArgumentException(
                    "hazelcast-config '" + location + "' cannot be used: " + e
                            + "; write a path, a URL or 'classpath:' and a name, ending in .xml or .yaml",
                    e);
        }
    }

    private static InputStream open(String location, ClassLoader classLoader) throws IOException {
        if (location.startsWith(CLASSPATH)) {
            InputStream resource = classLoader.getResourceAsStream(location.substring(CLASSPATH.length()));
            if (resource == null) {
                throw new FileNotFoundException("not on the class path");
            }
            return resource;
        }
        // two letters and more: a single one is a Windows drive
        return location.matches("[A-Za-z]{2,}:.*")
                ? new URL(location).openStream()
                : Files.newInputStream(Path.of(location));
    }
}
