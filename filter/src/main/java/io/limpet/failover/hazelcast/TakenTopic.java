package io.limpet.failover.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import io.limpet.failover.protocol.Taken;
import io.limpet.route.Route;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells all nodes of one application who took a session: a text, so that servers without our classes can pass it on. Safe
 * for use by any number of threads.
 */
final class TakenTopic {

    private static final Logger log = System.getLogger(TakenTopic.class.getName());

    private final HazelcastInstance hazelcast;
    private final String name;
    private final List<Consumer<Taken>> listeners = new CopyOnWriteArrayList<>();

    TakenTopic(HazelcastInstance hazelcast, String mapName) {
        this.hazelcast = hazelcast;
        this.name = mapName + ".taken";
    }

    /** Whom to tell from the moment on when this node listens. */
    void add(Consumer<Taken> listener) {
        listeners.add(listener);
    }

    /** Begins to listen; may block, and throws what Hazelcast throws when there is no connection. */
    void listen() {
        topic().addMessageListener(message -> read(message.getMessageObject())
                .ifPresent(taken -> listeners.forEach(listener -> listener.accept(taken))));
    }

    /** Tells the others, as well as it can: it is a hint, and nobody waits for it. */
    void tell(Taken taken) {
        try {
            topic().publishAsync(write(taken)).exceptionally(failure -> {
                log.log(Level.DEBUG, "the former owner of a session could not be told", failure);
                return null;
            });
        } catch (RuntimeException e) {
            log.log(Level.DEBUG, "the former owner of a session could not be told", e);
        }
    }

    private ITopic<String> topic() {
        return hazelcast.getTopic(name);
    }

    static String write(Taken taken) {
        return taken.epoch() + " " + taken.by().name() + " " + taken.key();
    }

    /** Whatever was written there: empty unless it is what {@link #write} wrote. */
    static Optional<Taken> read(String text) {
        String[] parts = text.split(" ", 3);
        if (parts.length < 3 || !parts[0].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Route.parse(parts[1]).map(by -> new Taken(parts[2], by, Long.parseLong(parts[0])));
    }
}
