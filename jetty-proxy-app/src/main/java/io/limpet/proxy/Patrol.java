package io.limpet.proxy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes by every request under way, four times a second: one clock for all of them, because most are over before it
 * strikes. Any thread may add and remove; one thread goes round.
 */
final class Patrol implements Runnable {

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
        posts.forEach(Post::passed);
    }
}
