package io.limpet.proxy.config;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an operator wrote in one place, unread: the command line, a file, or the init parameters.
 *
 * <p>Not safe for use by several threads.
 */
public final class GivenSettings {

    private final Map<Setting, List<Given>> values = new EnumMap<>(Setting.class);

    /** Adds a value; a setting may have several, in their order. */
    public GivenSettings add(Setting setting, String text, String where) {
        Given given = new Given(text, where);
        values.merge(
                setting,
                List.of(given),
                (before, added) ->
                        Stream.concat(before.stream(), added.stream()).toList());
        return this;
    }

    /** These settings, but where the other has one, only the other's. */
    public GivenSettings overriddenBy(GivenSettings other) {
        GivenSettings result = new GivenSettings();
        result.values.putAll(values);
        result.values.putAll(other.values);
        return result;
    }

    /** These settings, but of some the other's, given there or not. */
    GivenSettings keeping(GivenSettings other, Predicate<Setting> kept) {
        GivenSettings result = new GivenSettings();
        result.values.putAll(values);
        Arrays.stream(Setting.values()).filter(kept).forEach(setting -> {
            result.values.remove(setting);
            Optional.ofNullable(other.values.get(setting)).ifPresent(all -> result.values.put(setting, all));
        });
        return result;
    }

    /** The settings that have other values there, wherever they are written. */
    List<Setting> differencesTo(GivenSettings other) {
        return Arrays.stream(Setting.values())
                .filter(setting -> !texts(setting).equals(other.texts(setting)))
                .toList();
    }

    private List<String> texts(Setting setting) {
        return all(setting).stream().map(Given::text).toList();
    }

    /** The values of a setting; the fallback when none was given, nothing when there is no fallback. */
    List<Given> all(Setting setting) {
        List<Given> fallback =
                setting.fallback().isEmpty() ? List.of() : List.of(new Given(setting.fallback(), setting.option()));
        return values.getOrDefault(setting, fallback);
    }

    /** Whether somebody has written it down. */
    boolean isGiven(Setting setting) {
        return values.containsKey(setting);
    }

    /** The last value of a setting that has a fallback: as on a command line, the later one counts. */
    Given one(Setting setting) {
        List<Given> all = all(setting);
        return all.get(all.size() - 1);
    }
}
