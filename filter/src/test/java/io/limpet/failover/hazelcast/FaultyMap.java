package io.limpet.failover.hazelcast;

import com.hazelcast.core.HazelcastException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map in memory that fails as one on the other side of a network does. Not thread-safe. */
final class FaultyMap implements RemoteMap {

    /** What a write leaves an entry with. */
    static final long OF_THE_MAP = 31_622_400;

    private final Map<String, byte[]> entries = new HashMap<>();
    private final Map<String, Long> lifetimes = new HashMap<>();
    private @Nullable Runnable beforeNextWrite;
    private @Nullable RuntimeException failure;
    private boolean loseNextAnswer;
    private boolean refuse;
    private int writes;

    void beforeNextWrite(Runnable other) {
        beforeNextWrite = other;
    }

    void loseNextAnswer() {
        loseNextAnswer = true;
    }

    void failAlways(RuntimeException how) {
        failure = how;
    }

    void refuseAlways() {
        refuse = true;
    }

    int writes() {
        return writes;
    }

    long secondsToLive(String key) {
        return lifetimes.getOrDefault(key, -1L);
    }

    @Override
    public byte @Nullable [] get(String key) {
        return entries.get(key);
    }

    @Override
    public boolean putIfAbsent(String key, byte[] value, long seconds) {
        before();
        return answer(!refuse && !entries.containsKey(key), key, value, seconds);
    }

    @Override
    public boolean replace(String key, byte[] expected, byte[] value) {
        before();
        return answer(!refuse && Arrays.equals(entries.get(key), expected), key, value, OF_THE_MAP);
    }

    private void before() {
        writes++;
        if (failure != null) {
            throw failure;
        }
        Runnable other = beforeNextWrite;
        beforeNextWrite = null;
        if (other != null) {
            other.run();
        }
    }

    private boolean answer(boolean done, String key, byte[] value, long seconds) {
        if (done) {
            entries.put(key, value);
            lifetimes.put(key, seconds);
        }
        if (loseNextAnswer) {
            loseNextAnswer = false;
            throw new HazelcastException("the connection was lost");
        }
        return done;
    }

    @Override
    public void expireIn(String key, long seconds) {
        lifetimes.computeIfPresent(key, (k, old) -> seconds);
    }
}
