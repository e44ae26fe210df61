package io.limpet.failover;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Values that cannot change while they are in a session, so that reading one never makes it worth comparing. */
final class ImmutableValues {

    private static final Set<Class<?>> TYPES = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Locale.class,
            Currency.class);

    private ImmutableValues() {}

    static boolean contains(Object value) {
        Class<?> type = value.getClass();
        return TYPES.contains(type)
                || type.getPackageName().equals("java.time")
                || value instanceof Enum<?>; // serialization keeps nothing of it but its name
    }
}
