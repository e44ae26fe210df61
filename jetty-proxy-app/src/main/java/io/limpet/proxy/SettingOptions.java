package io.limpet.proxy;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The settings as options of a command, each of them as often as one likes, and as text: the settings' own reader checks
 * them, so that every mistake is found and not only the first.
 */
final class SettingOptions {

    private SettingOptions() {}

    private static Stream<Setting> all() {
        return Arrays.stream(Setting.values()).filter(Setting::isOption);
    }

    /** Adds an option for each setting. */
    static void addTo(CommandSpec command) {
        all().forEach(setting -> command.addOption(OptionSpec.builder(setting.option())
                .paramLabel(setting.label())
                .description(description(setting))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build()));
    }

    /** The settings that only the environment or the file may have, for the foot of the help. */
    static String[] environment() {
        return Arrays.stream(Setting.values())
                .filter(setting -> !setting.isOption())
                .map(setting -> "  " + setting.option() + "%n      " + description(setting) + " Also '" + setting.key()
                        + "' in the file.")
                .toArray(String[]::new);
    }

    private static String description(Setting setting) {
        String meaning = setting.meaning().replace("%", "%%");
        return setting.fallback().isEmpty()
                ? meaning
                : meaning + " Unless given: " + setting.fallback().replace("%", "%%") + ".";
    }

    /** What was written for this command, as it was written. */
    static GivenSettings given(CommandSpec command) {
        GivenSettings given = new GivenSettings();
        all().forEach(setting -> {
            List<String> values = command.findOption(setting.option()).getValue();
            if (values != null) {
                values.forEach(value -> given.add(setting, value, setting.option()));
            }
        });
        return given;
    }

    /** Adds what must not stand on a command line. */
    static void addEnvironment(GivenSettings given, Map<String, String> environment) {
        for (Setting setting : Setting.values()) {
            String value = environment.get(setting.option());
            if (!setting.isOption() && value != null) {
                given.add(setting, value, setting.option());
            }
        }
    }
}
