package io.limpet.failover.hazelcast;

/**
 * How long a change is, roughly: a network that loses long packets, and a member short of memory or time, take small
 * changes all the same, whose answers say nothing of long ones.
 */
enum SizeClass {
    SMALL(1 << 10),
    MEDIUM(1 << 14),
    LARGE(1 << 18),
    HUGE(Integer.MAX_VALUE);

    private final int mostBytes;

    SizeClass(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    static SizeClass of(int bytes) {
        for (SizeClass size : values()) {
            if (bytes <= size.mostBytes) {
                return size;
            }
        }
        return HUGE;
    }
}
