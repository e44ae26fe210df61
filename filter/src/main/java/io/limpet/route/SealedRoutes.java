package io.limpet.route;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Routes that tell a client nothing and that it cannot make: behind the value and a dot stand one character that names
 * the secret, eight of the node's token, and sixteen (96 bits) of HMAC-SHA-256 over value and token. A segment behind
 * another session's value verifies no more than one with a flipped bit.
 *
 * <p>Immutable.
 */
public final class SealedRoutes implements RouteCodec {

    private static final int TOKEN_LENGTH = 8;
    private static final int MAC_LENGTH = 16;
    private static final int SEGMENT_LENGTH = 1 + TOKEN_LENGTH + MAC_LENGTH;

    /** One secret with the tokens that it gives the nodes. */
    private record Key(Secret secret, Map<String, Route> routes, Map<Route, String> tokens) {

        static Key of(Secret secret, Collection<Route> nodes) {
            Map<String, Route> routes = new HashMap<>();
            Map<Route, String> tokens = new HashMap<>();
            for (Route node : nodes) {
                String token = token(secret, node);
                routes.put(token, node);
                tokens.put(node, token);
            }
            return new Key(secret, Map.copyOf(routes), Map.copyOf(tokens));
        }

        static String token(Secret secret, Route node) {
            return secret.mac("node", node.name()).substring(0, TOKEN_LENGTH);
        }

        String mac(String value, String token) {
            return secret.mac("route", token + '\0' + value).substring(0, MAC_LENGTH);
        }
    }

    private final List<Key> keys;

    /**
     * Routes sealed with the first secret and verified with any of them.
     *
     * @param secrets at least one
     * @param nodes the nodes whose routes can be read; any node's can be written
     * @throws IllegalArgumentException when there is no secret
     */
    public SealedRoutes(List<Secret> secrets, Collection<Route> nodes) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("sealed routes need a secret");
        }
        keys = new ArrayList<>();
        for (Secret secret : secrets) {
            keys.add(Key.of(secret, nodes));
        }
    }

    @Override
    public String tag(String value, Route route) {
        Key key = keys.get(0);
        String token = key.tokens.get(route);
        String known = token != null ? token : Key.token(key.secret, route);
        return value + '.' + key.secret.keyCharacter() + known + key.mac(value, known);
    }

    @Override
    public Optional<Tagged> decode(String value) {
        return takeApart(value)
                .flatMap(parts -> keyOf(parts)
                        .map(key -> key.routes.get(parts.token))
                        .map(route -> new Tagged(parts.value, route)));
    }

    /** A segment that verifies is genuine, also when its node is no longer known. */
    @Override
    public boolean isForged(String value) {
        return takeApart(value).filter(parts -> keyOf(parts).isEmpty()).isPresent();
    }

    /** A value taken apart, not verified yet. */
    private record SealedValue(String value, char keyCharacter, String token, String mac) {}

    private static Optional<SealedValue> takeApart(String value) {
        int dot = value.length() - SEGMENT_LENGTH - 1;
        if (dot <= 0 || value.charAt(dot) != '.' || !Route.isToken(value, dot + 1, value.length())) {
            return Optional.empty();
        }
        int mac = dot + 2 + TOKEN_LENGTH;
        return Optional.of(new SealedValue(
                value.substring(0, dot), value.charAt(dot + 1), value.substring(dot + 2, mac), value.substring(mac)));
    }

    private Optional<Key> keyOf(SealedValue parts) {
        for (Key key : keys) {
            if (key.secret.keyCharacter() == parts.keyCharacter
                    && equalInConstantTime(key.mac(parts.value, parts.token), parts.mac)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private static boolean equalInConstantTime(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.ISO_8859_1), other.getBytes(StandardCharsets.ISO_8859_1));
    }
}
