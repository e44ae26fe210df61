package io.limpet.failover.protocol;

import io.limpet.route.Route;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sessions, changes and epochs for tests: node n1 owns in epoch 100, n2 comes later. */
public final class Sessions {

    public static final Route N1 = new Route("n1");
    public static final Route N2 = new Route("n2");
    public static final long EPOCH = 100;
    public static final long NOW = 1_700_000_000_000L;
    public static final SessionMeta META = new SessionMeta(List.of("4F2A"), NOW, NOW, 1800);

    private Sessions() {}

    /** Name, value, name, value. */
    public static Map<String, byte[]> attributes(String... namesAndValues) {
        Map<String, byte[]> attributes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attributes.put(namesAndValues[i], namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return attributes;
    }

    public static Save whole(long version, String... namesAndValues) {
        return new Save(N1, EPOCH, 0, version, META, attributes(namesAndValues), Set.of(), true);
    }

    public static Save delta(long base, long version, String... namesAndValues) {
        return deltaOf(N1, EPOCH, base, version, namesAndValues);
    }

    public static Save deltaOf(Route owner, long epoch, long base, long version, String... namesAndValues) {
        return new Save(owner, epoch, base, version, META, attributes(namesAndValues), Set.of(), false);
    }

    /** The record of n1 with this version, all attributes stamped with it. */
    public static SessionRecord record(long version, String... namesAndValues) {
        Map<String, StoredAttribute> stored = new LinkedHashMap<>();
        attributes(namesAndValues)
                .forEach((name, bytes) -> stored.put(name, new StoredAttribute(bytes, new Stamp(EPOCH, version))));
        return new SessionRecord(
                N1,
                EPOCH,
                version,
                META.ids(),
                META.creationTime(),
                META.lastAccess(),
                META.maxInactiveSeconds(),
                stored);
    }

    /** An attribute as text. */
    public static String text(SessionRecord record, String name) {
        StoredAttribute attribute = record.attributes().get(name);
        return attribute == null ? "(none)" : new String(attribute.bytes(), StandardCharsets.UTF_8);
    }
}
