package io.limpet.proxy.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the settings are written: a file or none, and what overrides it. It can be read again when the file has changed.
 *
 * <p>Immutable.
 */
public final class SettingsSource {

    private final Optional<Path> file;
    private final GivenSettings overriding;
    private final Map<String, String> environment;

    private SettingsSource(Optional<Path> file, GivenSettings overriding, Map<String, String> environment) {
        this.file = file;
        this.overriding = overriding;
        this.environment = environment;
    }

    /** No file. */
    public static SettingsSource of(GivenSettings given) {
        return new SettingsSource(Optional.empty(), given, Map.of());
    }

    /** A file, whose values may name variables of this environment, and what overrides it. */
    public static SettingsSource of(Path file, GivenSettings overriding, Map<String, String> environment) {
        return new SettingsSource(Optional.of(file), overriding, Map.copyOf(environment));
    }

    /** The file, when there is one. */
    public Optional<Path> file() {
        return file;
    }

    /**
     * Reads all of it.
     *
     * @throws WrongSettingsException when anything is wrong, or the file cannot be read
     */
    public Reading read() {
        Mistakes mistakes = new Mistakes();
        GivenSettings given = given(mistakes);
        return new Reading(given, SettingsReader.read(given, mistakes));
    }

    /**
     * Reads all of it for a proxy that runs.
     *
     * @throws WrongSettingsException when anything is wrong, also of what would need a restart
     */
    public Change readAgain(Reading running) {
        Reading wanted = read();
        GivenSettings possible = wanted.given().keeping(running.given(), setting -> !AtRunTime.changes(setting));
        // what stays may contradict what changes
        return new Change(running.given(), wanted.given(), new Reading(possible, SettingsReader.read(possible)));
    }

    private GivenSettings given(Mistakes mistakes) {
        return file.map(path -> SettingsFile.given(path, environment, mistakes).overriddenBy(overriding))
                .orElse(overriding);
    }
}
