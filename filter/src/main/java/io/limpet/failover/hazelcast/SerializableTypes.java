package io.limpet.failover.hazelcast;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import org.jspecify.annotations.Nullable;

/**
 * The numbers under which Limpet's classes travel between members. They are part of the wire format: never reused, never
 * reordered.
 */
final class SerializableTypes implements DataSerializableFactory {

    /** "Lim" as a number; an application's own factories in the same cluster are unlikely to have it. */
    static final int FACTORY_ID = 0x4C696D;

    static final int CHANGE = 1;
    static final int REPLICA = 2;
    static final int MERGE = 3;
    static final int REARM = 4;
    static final int PRESENCE = 5;

    @Override
    public @Nullable IdentifiedDataSerializable create(int typeId) {
        return switch (typeId) {
            case CHANGE -> new ChangeProcessor();
            case REPLICA -> new ReplicaProcessor();
            case MERGE -> new PrecedenceMergePolicy<>();
            case REARM -> new RearmProcessor();
            case PRESENCE -> new Presence();
            default -> null;
        };
    }
}
