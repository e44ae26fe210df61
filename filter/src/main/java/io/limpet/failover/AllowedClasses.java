package io.limpet.failover;

import java.io.ObjectInputFilter;
import java.util.List;
import java.util.Set;

/**
 * Which classes may be stored: values and collections of the JDK, and what the {@code session-classes} patterns name.
 * A pattern is a class name, {@code package.*} or {@code package.**} (with sub-packages).
 *
 * <p>Immutable.
 */
final class AllowedClasses implements ObjectInputFilter {

    /** Deeper than any sane attribute, shallow enough for every stack. */
    static final int MAX_DEPTH = 200;

    /** Each takes a byte of the stream at least. */
    static final int MAX_REFERENCES = 1_000_000;

    static final int MAX_ARRAY = 10_000_000;

    /** For the operator. */
    static final String LIMITS =
            MAX_DEPTH + " levels, " + MAX_REFERENCES + " references, " + MAX_ARRAY + " elements of an array";

    private static final Set<String> VALUES = Set.of(
            "java.lang.Object",
            "java.lang.String",
            "java.lang.Boolean",
            "java.lang.Character",
            "java.lang.Number",
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double",
            "java.lang.Enum",
            "java.net.URI",
            "java.util.BitSet",
            "java.util.Calendar",
            "java.util.Currency",
            "java.util.Date",
            "java.util.GregorianCalendar",
            "java.util.Locale",
            "java.util.SimpleTimeZone",
            "java.util.TimeZone",
            "java.util.UUID",
            "java.sql.Date",
            "java.sql.Time",
            "java.sql.Timestamp",
            "sun.util.calendar.ZoneInfo");

    private static final Set<String> COLLECTIONS = Set.of(
            "java.util.AbstractCollection",
            "java.util.AbstractList",
            "java.util.AbstractMap",
            "java.util.AbstractMap$SimpleEntry",
            "java.util.AbstractMap$SimpleImmutableEntry",
            "java.util.AbstractQueue",
            "java.util.AbstractSequentialList",
            "java.util.AbstractSet",
            "java.util.ArrayDeque",
            "java.util.ArrayList",
            "java.util.Arrays$ArrayList",
            "java.util.CollSer",
            "java.util.Dictionary",
            "java.util.EnumMap",
            "java.util.EnumSet",
            "java.util.EnumSet$SerializationProxy",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.Hashtable",
            "java.util.IdentityHashMap",
            "java.util.JumboEnumSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.LinkedList",
            // never written: the JDK's maps and sets ask for an array of these before they make their own
            "java.util.Map$Entry",
            "java.util.PriorityQueue",
            "java.util.Properties",
            "java.util.RegularEnumSet",
            "java.util.Stack",
            "java.util.TreeMap",
            "java.util.TreeSet",
            "java.util.Vector");

    private static final List<String> FAMILIES = List.of(
            "java.math.",
            "java.time.",
            "java.util.Collections$",
            // never written, but asked for when java.util.CollSer has become one
            "java.util.ImmutableCollections$",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentLinked",
            "java.util.concurrent.ConcurrentSkipList",
            "java.util.concurrent.CopyOnWriteArray",
            "java.util.concurrent.LinkedBlocking",
            "java.util.concurrent.atomic.Atomic",
            "java.util.concurrent.locks.AbstractOwnableSynchronizer",
            "java.util.concurrent.locks.AbstractQueuedSynchronizer",
            "java.util.concurrent.locks.Reentrant");

    private final List<String> patterns;

    /** @param patterns class names, {@code package.*} or {@code package.**} */
    AllowedClasses(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    boolean allows(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element.isPrimitive() || allows(element.getName());
    }

    private boolean allows(String name) {
        return VALUES.contains(name)
                || COLLECTIONS.contains(name)
                || FAMILIES.stream().anyMatch(name::startsWith)
                || patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        if (pattern.endsWith(".**")) {
            return name.startsWith(pattern.substring(0, pattern.length() - 2));
        }
        if (pattern.endsWith(".*")) {
            String prefix = pattern.substring(0, pattern.length() - 1);
            return name.startsWith(prefix) && name.indexOf('.', prefix.length()) < 0;
        }
        return name.equals(pattern);
    }

    @Override
    public Status checkInput(FilterInfo input) {
        if (input.depth() > MAX_DEPTH || input.references() > MAX_REFERENCES || input.arrayLength() > MAX_ARRAY) {
            return Status.REJECTED;
        }
        Class<?> type = input.serialClass();
        return type == null || allows(type) ? Status.ALLOWED : Status.REJECTED;
    }
}
