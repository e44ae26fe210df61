package io.limpet.failover;

import java.util.Map;
import java.util.Set;

/**
 * What changed in a session since its last acknowledged save.
 *
 * @param set the changed attributes, serialized
 * @param fingerprints of these
 * @param removed names of attributes that are gone
 * @param busy attributes that other requests were changing all the time; what is stored of them stays, for now
 * @param whole whether {@code set} is all there is
 */
record Delta(
        Map<String, byte[]> set,
        Map<String, Fingerprint> fingerprints,
        Set<String> removed,
        Set<String> busy,
        boolean whole) {

    static final Delta NOTHING = new Delta(Map.of(), Map.of(), Set.of(), Set.of(), false);

    boolean isEmpty() {
        return set.isEmpty() && removed.isEmpty() && !whole;
    }

    boolean changes(String name) {
        return set.containsKey(name) || removed.contains(name);
    }
}
