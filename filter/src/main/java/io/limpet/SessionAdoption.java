package io.limpet;

import io.limpet.route.Route;
import jakarta.servlet.http.HttpSession;

/**
 * A session that lived on another node lives on this one now.
 *
 * @param session the container's session, with all attributes that this node could read
 * @param oldId the id that the client asked for, as it stood in its cookie behind the proxy
 * @param from the node that had it before
 */
public record SessionAdoption(HttpSession session, String oldId, Route from) {}
