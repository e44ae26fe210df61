package io.limpet.failover;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;

/**
 * A session of the container that a request is given, although the client asked for another id.
 *
 * @param session the container's own session
 * @param id its id when it was given: should it be renamed meanwhile, at a login, nobody who asked for an old id may
 *     learn the new one
 * @param cookie the {@code Set-Cookie} line that tells the client, tagged, where the container shows it
 */
public record OpenedSession(HttpSession session, String id, Optional<String> cookie) {}
