package io.limpet.it.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the other modules built, as files; failsafe tells where. */
public enum Artifact {
    /** The shop, unchanged. */
    WAR("limpet.it.war"),
    /** The application of the judges. */
    PROBE("limpet.it.probe"),
    /** The demo of the README. */
    DEMO("limpet.it.demo"),
    /** The proxy. */
    PROXY("limpet.it.proxy"),
    /** The folder of the launchers' modules. */
    CONTAINERS("limpet.it.containers");

    private final String property;

    Artifact(String property) {
        this.property = property;
    }

    /**
     * Where it is.
     *
     * @throws IllegalStateException when it was not built
     */
    public Path path() {
        String value = System.getProperty(property, "");
        Path path = Path.of(value).toAbsolutePath().normalize();
        if (value.isEmpty() || !Files.exists(path)) {
            throw new IllegalStateException(
                    property + " is '" + value + "', and nothing is there; run mvn -pl" + " src-it/suite -am verify");
        }
        return path;
    }
}
