package io.limpet.failover.sim;

/** A known mistake, planted to see whether it is found. */
enum Defect {
    NONE,
    /** A save is taken whoever owns the session. */
    NO_FENCE,
    /** A save is taken whatever version it builds on. */
    NO_VERSION_CHECK,
    /** An ended session leaves nothing behind. */
    NO_TOMBSTONE,
    /** A claim takes the next epoch, whatever the clock says. */
    PLAIN_EPOCH,
    /** A save is acknowledged before a second member has it. */
    NO_BACKUP,
    /** When halves meet, what was there stays. */
    PUT_IF_ABSENT,
    /** When halves meet, what comes in wins. */
    LATEST_COMES,
    /** A node believes in its copies after a pause and after members came and went. */
    BLIND_TRUST,
    /** A node that lost a session to another one is not told. */
    NO_NOTICE
}
