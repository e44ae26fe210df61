package io.limpet.failover;

import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
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

    /** Forgets a class with its class loader, unlike a map. */
    private static final ClassValue<Boolean> KNOWN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isImmutable(type, new HashSet<>());
        }
    };

    private ImmutableValues() {}

    static boolean contains(Object value) {
        return KNOWN.get(value.getClass());
    }

    /** @param around the records whose components are looked at just now */
    private static boolean isImmutable(Class<?> type, Set<Class<?>> around) {
        return type.isPrimitive()
                || TYPES.contains(type)
                || (type.getPackageName().equals("java.time") && Modifier.isFinal(type.getModifiers()))
                || type.isEnum() // serialization keeps nothing of it but its name
                || (Enum.class.isAssignableFrom(type) && type != Enum.class) // a constant with a body of its own
                || (type.isRecord() && hasImmutableComponents(type, around));
    }

    /** By what they are declared as: a component of an interface's type may hold anything. */
    private static boolean hasImmutableComponents(Class<?> type, Set<Class<?>> around) {
        if (!around.add(type)) {
            return false; // records may hold each other, in a ring: that search would not end
        }
        boolean immutable = Arrays.stream(type.getRecordComponents())
                .allMatch(component -> isImmutable(component.getType(), around));
        around.remove(type);
        return immutable;
    }
}
