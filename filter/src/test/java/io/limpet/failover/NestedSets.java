package io.limpet.failover;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A few bytes when they are written, and years when they are read back: what an attacker would store. */
public final class NestedSets {

    private NestedSets() {}

    /**
     * A set in which each set holds both of the next level: hashing the outermost takes two to the power of the levels
     * steps.
     */
    public static Set<Object> of(int levels) {
        Set<Object> outermost = new HashSet<>();
        Set<Object> one = outermost;
        Set<Object> other = new HashSet<>();
        for (int i = 0; i < levels; i++) {
            Set<Object> nextOne = new HashSet<>(Set.of("this one differs"));
            Set<Object> nextOther = new HashSet<>();
            for (Set<Object> outer : List.of(one, other)) {
                outer.add(nextOne);
                outer.add(nextOther);
            }
            one = nextOne;
            other = nextOther;
        }
        return outermost;
    }
}
