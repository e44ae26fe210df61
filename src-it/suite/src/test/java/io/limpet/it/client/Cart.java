package io.limpet.it.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the shop's API answers.
 *
 * @param node which served
 * @param session the first characters of the session's id, as the application sees it
 * @param items in the order in which they were added
 * @param visits how many calls the session has seen
 * @param user who logged in
 */
public record Cart(
        String node,
        String session,
        List<String> items,
        int visits,
        @Nullable String user) {}
