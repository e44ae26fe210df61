package io.limpet.failover.hazelcast;

/**
 * How long a change is, roughly, by the attributes that it carries: a network that loses long packets, and a member short of memory or time, take small
 * changes all the same, whose answers say nothing of long ones. It is no measure of the record that a small change is
 * made in, which the owner sends its backup whole, and a node with {@code mode=client} the owner.
 */
enum SizeClass {
    SMALL(1 << 10),
    MEDIUM(1 << 14),
    LARGE(1 << 18),
    HUGE(Integer.MAX_VALUE);

    /** In bytes: enough to be of the longest class, as a probe is no session and is repeated until it is answered. */
    static final int LONGEST_PROBE = LARGE.mostBytes + 1;

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
