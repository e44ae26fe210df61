package io.limpet.proxy;

/**
 * How the application names its sessions.
 *
 * @param cookie the session cookie
 * @param pathParameter the path parameter for clients without cookies
 */
record SessionNames(String cookie, String pathParameter) {}
