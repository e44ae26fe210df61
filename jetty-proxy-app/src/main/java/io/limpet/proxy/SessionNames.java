package io.limpet.proxy;

import java.util.List;

/**
 * How the application names its sessions.
 *
 * @param cookie the session cookie
 * @param pathParameters what the path parameter for clients without cookies may be called
 */
record SessionNames(String cookie, List<String> pathParameters) {}
