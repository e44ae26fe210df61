package io.limpet.proxy;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.config.SettingsReader;
import jakarta.servlet.ServletConfig;

/** Reads the settings of a proxy servlet in a server of the user's own. */
final class InitParameters {

    private InitParameters() {}

    /** @throws io.limpet.proxy.config.WrongSettingsException when anything in them is wrong */
    static ProxySettings read(ServletConfig config) {
        GivenSettings given = new GivenSettings();
        for (Setting setting : Setting.values()) {
            String value = config.getInitParameter(setting.key());
            if (value == null) {
                continue;
            }
            if (setting == Setting.NODES) {
                // a comma also stands between a node and its option
                for (String node : value.strip().split("[,\\s]++(?!(?:tagging|weight|state|context)=(?!http))", -1)) {
                    given.add(setting, node, place(setting));
                }
                continue;
            }
            given.add(setting, value.strip(), place(setting));
        }
        return SettingsReader.read(given);
    }

    private static String place(Setting setting) {
        return "init-param " + setting.key();
    }
}
