package io.limpet.proxy.reload;

import io.limpet.proxy.config.Change;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Reading;
import io.limpet.proxy.config.SettingsSource;
import io.limpet.proxy.config.WrongSettingsException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the settings again and gives them to the proxy: as a whole, or, when anything in them is wrong, not at all.
 *
 * <p>Any thread may call it; one reload follows the other.
 */
public final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final SettingsSource source;
    private final Consumer<ProxySettings> proxy;
    private Reading running;

    /**
     * A reload of what was read from this source.
     *
     * @param proxy takes the settings over
     */
    public Reload(SettingsSource source, Reading running, Consumer<ProxySettings> proxy) {
        this.source = source;
        this.running = running;
        this.proxy = proxy;
    }

    /** Reads, and changes what can be changed. */
    public synchronized Reloaded run() {
        Change change;
        try {
            change = source.readAgain(running);
        } catch (WrongSettingsException e) {
            Reloaded refused = new Reloaded.Refused(e.mistakes());
            LOG.error("{}", refused.describe());
            return refused;
        }
        if (change.now().isEmpty() && change.afterRestart().isEmpty()) {
            LOG.info("the settings were read again and are as before");
            return new Reloaded.Unchanged();
        }
        if (!change.now().isEmpty()) {
            proxy.accept(change.possible().settings());
            running = change.possible();
        }
        Reloaded applied = new Reloaded.Applied(change.now(), change.afterRestart());
        LOG.info("{}", applied.describe());
        return applied;
    }
}
