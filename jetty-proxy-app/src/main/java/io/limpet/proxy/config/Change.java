package io.limpet.proxy.config;

import java.util.List;

/**
 * What settings that were read again have changed.
 *
 * @param running as they were written before
 * @param wanted as they are written now
 * @param possible what a running proxy can take over of it
 */
public record Change(GivenSettings running, GivenSettings wanted, Reading possible) {

    /** What changes now. */
    public List<Setting> now() {
        return running.differencesTo(possible.given());
    }

    /** What changes only when the proxy is started again. */
    public List<Setting> afterRestart() {
        return possible.given().differencesTo(wanted);
    }
}
