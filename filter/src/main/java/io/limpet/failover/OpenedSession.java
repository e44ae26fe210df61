package io.limpet.failover;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;

/**
 * A session that the container has just made.
 *
 * @param session the container's own session
 * @param cookie the {@code Set-Cookie} line that tells the client, tagged, where the container shows it
 */
public record OpenedSession(HttpSession session, Optional<String> cookie) {}
