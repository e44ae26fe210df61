package io.limpet.proxy.admin;

import java.util.List;

/**
 * What became of an order to read the settings again.
 *
 * @param accepted whether they hold now
 * @param notes every mistake, or what has changed and what needs a restart
 */
public record ReloadOutcome(boolean accepted, List<String> notes) {}
