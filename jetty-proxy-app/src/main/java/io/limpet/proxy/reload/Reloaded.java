package io.limpet.proxy.reload;

import io.limpet.proxy.config.Setting;
import java.util.List;
import java.util.stream.Collectors;

/** What came of reading the settings again. */
public sealed interface Reloaded {

    /** In words, for the log and for whoever asked. */
    String describe();

    /** Nothing is written otherwise than before. */
    record Unchanged() implements Reloaded {
        @Override
        public String describe() {
            return "the settings are as before";
        }
    }

    /**
     * The changes hold.
     *
     * @param now what has changed
     * @param afterRestart what would have changed if a running proxy could
     */
    record Applied(List<Setting> now, List<Setting> afterRestart) implements Reloaded {
        @Override
        public String describe() {
            String changed = now.isEmpty() ? "no setting has changed" : "new settings hold: " + keys(now);
            return afterRestart.isEmpty() ? changed : changed + "; only a restart changes " + keys(afterRestart);
        }

        private static String keys(List<Setting> settings) {
            return settings.stream().map(Setting::key).collect(Collectors.joining(", "));
        }
    }

    /**
     * The settings are wrong, and those from before hold.
     *
     * @param mistakes every one of them
     */
    record Refused(List<String> mistakes) implements Reloaded {
        @Override
        public String describe() {
            return "the new settings are wrong, the old ones hold: " + String.join("; ", mistakes);
        }
    }
}
