package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** How much more memory this JVM holds, garbage aside, than before: looked at while a flood runs, and behind it. */
final class MemoryGrowth {

    /** What a flood may take of it at any moment. */
    private static final long MOST = 48L << 20;

    private final long before = held();
    private long most;

    private static long held() {
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return direct + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Looks now. Stops the JVM for some tenths of a second. */
    void look() {
        most = Math.max(most, held() - before);
    }

    /** Looks once more, and fails when it was too much at any time. */
    void isBounded() {
        look();
        assertThat(most).as("bytes held at most").isLessThan(MOST);
    }
}
