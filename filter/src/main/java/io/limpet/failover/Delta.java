package io.limpet.failover;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What has to be sent of a session, and what of it changed since its last acknowledged save.
 *
 * @param set the attributes to send, serialized
 * @param fingerprints of these
 * @param changed which of these differ from what is saved; the others are sent along because the store may lack them
 * @param removed names of attributes that are gone
 * @param busy attributes that other requests were changing all the time; what is stored of them stays, for now
 * @param silent which of the changed ones nobody has set: their objects were changed where they are
 * @param whole whether {@code set} is all there is
 */
record Delta(
        Map<String, byte[]> set,
        Map<String, Fingerprint> fingerprints,
        Set<String> changed,
        Set<String> removed,
        Set<String> busy,
        Set<String> silent,
        boolean whole) {

    static final Delta NOTHING = new Delta(Map.of(), Map.of(), Set.of(), Set.of(), Set.of(), Set.of(), false);

    boolean isEmpty() {
        return set.isEmpty() && removed.isEmpty() && !whole;
    }

    /** The same changes but for these attributes. */
    Delta without(Set<String> names) {
        return names.isEmpty() ? this : changesOf(name -> !names.contains(name));
    }

    /** The changes of these attributes, and no others. */
    Delta only(Set<String> names) {
        return names.isEmpty() ? NOTHING : changesOf(names::contains);
    }

    private Delta changesOf(Predicate<String> chosen) {
        return new Delta(
                set,
                fingerprints,
                changed.stream().filter(chosen).collect(Collectors.toSet()),
                removed.stream().filter(chosen).collect(Collectors.toSet()),
                busy,
                silent,
                whole);
    }

    boolean changes(String name) {
        return changed.contains(name) || removed.contains(name);
    }
}
