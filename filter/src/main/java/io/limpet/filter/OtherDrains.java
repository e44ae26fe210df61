package io.limpet.filter;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the node's other applications know of a drain: each of them may be told to drain the node, be the one that proxies
 * probe, or get the requests. One with a filter of an earlier version knows nothing. Immutable.
 */
final class OtherDrains {

    private static final String TOLD = "ToldToDrain";

    private final OtherBeans beans;

    OtherDrains(OtherBeans beans) {
        this.beans = beans;
    }

    /** Whether one was told to drain the node. */
    boolean areBegun() {
        return beans.all().stream().anyMatch(OtherDrains::isBegun);
    }

    private static boolean isBegun(OtherBeans.Bean bean) {
        return Boolean.TRUE.equals(bean.ask(TOLD).get(TOLD));
    }

    /** Calls it off where it has begun; each of these does the same, having forgotten its own. */
    void end() {
        beans.all().stream().filter(OtherDrains::isBegun).forEach(bean -> bean.run("ready"));
    }

    /** The requests that have ever arrived there. */
    long arrived() {
        return numbers("Arrived").sum();
    }

    /** How long ago one was asked for its status last, in nanoseconds; {@link Long#MAX_VALUE} when none ever was. */
    long nanosSinceAsked() {
        return numbers("NanosSinceAsked").min().orElse(Long.MAX_VALUE);
    }

    private LongStream numbers(String attribute) {
        return beans.all().stream()
                .map(bean -> bean.ask(attribute).get(attribute))
                .flatMap(value -> value instanceof Long number ? Stream.of(number) : Stream.empty())
                .mapToLong(Long::longValue);
    }
}
