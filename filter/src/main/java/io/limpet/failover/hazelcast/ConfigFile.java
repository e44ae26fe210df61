package io.limpet.failover.hazelcast;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.XmlClientConfigBuilder;
import com.hazelcast.client.config.YamlClientConfigBuilder;
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
import java.util.function.Function;

/** An operator's own Hazelcast configuration, XML or YAML by its name. */
final class ConfigFile {

    private static final String CLASSPATH = "classpath:";

    private ConfigFile() {}

    /**
     * A member's.
     *
     * @throws IllegalArgumentException when it cannot be read or Hazelcast refuses it
     */
    static Config read(String location, ClassLoader classLoader) {
        return parse(
                location,
                classLoader,
                in -> isYaml(location) ? new YamlConfigBuilder(in).build() : new XmlConfigBuilder(in).build());
    }

    /**
     * A client's.
     *
     * @throws IllegalArgumentException when it cannot be read or Hazelcast refuses it
     */
    static ClientConfig readClient(String location, ClassLoader classLoader) {
        return parse(
                location,
                classLoader,
                in -> isYaml(location)
                        ? new YamlClientConfigBuilder(in).build()
                        : new XmlClientConfigBuilder(in).build());
    }

    private static boolean isYaml(String location) {
        return location.endsWith(".yaml") || location.endsWith(".yml");
    }

    private static <C> C parse(String location, ClassLoader classLoader, Function<InputStream, C> parser) {
        try (InputStream in = open(location, classLoader)) {
            return parser.apply(in);
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
