package io.limpet.proxy.config;

/**
 * One value as the operator wrote it.
 *
 * @param text the value
 * @param where the place to correct it: {@code --listen} or {@code limpet.yaml: listen}
 */
record Given(String text, String where) {}
