package io.limpet.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes by every request under way, four times a second: one clock for all of them, because most are over before it
 * strikes. Any thread may add and remove; one thread goes round.
 */
final class Patrol implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Patrol.class);

    /** From one round to the next. */
    static final long MILLIS = 250;

    /** What the patrol passes by. */
    interface Post {
        /** The patrol is here. Must not block, nor throw. */
        void passed();
    }

    private final Set<Post> posts = ConcurrentHashMap.newKeySet();

    void add(Post post) {
        posts.add(post);
    }

    void remove(Post post) {
        posts.remove(post);
    }

    @Override
    public void run() {
        for (Post post : posts) {
            try {
                post.passed();
            } catch (RuntimeException | Error e) { // a round that throws would be the last
                LOG.warn("a request could not be looked after", e);
            }
        }
    }
}
