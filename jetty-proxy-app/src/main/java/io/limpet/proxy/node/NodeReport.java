package io.limpet.proxy.node;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a node's status told last, besides its name and state. It is the status of one application, the one that is probed,
 * and tells a little of all others on the node.
 *
 * @param known whether there was a status at all; nodes without the filter have none, and then the rest is 0 and false
 * @param sessions live sessions of the application on the node; below 0 when it does not know, and it is never empty then
 * @param inFlight requests of the application that the node has begun and not answered, from whomever, and those inside
 *     applications that it is ending
 * @param failover how the application's failover is
 * @param adopted sessions that the application has taken over from other nodes since it started
 * @param upSeconds for how long the application has been there; {@link #LONG} when it does not tell
 * @param applications all applications with the filter on the node, this one among them; none when it does not tell
 */
public record NodeReport(
        boolean known,
        long sessions,
        long inFlight,
        Failover failover,
        long adopted,
        long upSeconds,
        List<ApplicationReport> applications) {

    /** Longer than any slow start. */
    public static final long LONG = Long.MAX_VALUE;

    /** Nothing was heard. */
    public static final NodeReport NONE = new NodeReport(false, 0, 0, Failover.OFF, 0, LONG, List.of());

    /** Keeps a copy of the list. */
    public NodeReport {
        applications = List.copyOf(applications);
    }

    /** What a status said that tells of one application alone. */
    public static NodeReport of(long sessions, long inFlight, boolean replicated, long adopted) {
        return of(sessions, inFlight, Failover.replicating(replicated), adopted);
    }

    /** The same, of one whose failover is so. */
    static NodeReport of(long sessions, long inFlight, Failover failover, long adopted) {
        return new NodeReport(true, sessions, inFlight, failover, adopted, LONG, List.of());
    }

    /** The same, of a node with these applications. */
    public NodeReport with(List<ApplicationReport> told) {
        return new NodeReport(known, sessions, inFlight, failover, adopted, upSeconds, told);
    }

    /** The same, of a node that ends these of its applications: what is inside them keeps it from being empty. */
    public NodeReport ending(List<ApplicationReport> ended) {
        long inside = ended.stream().mapToLong(ApplicationReport::inFlight).sum();
        List<ApplicationReport> left = applications.stream()
                .filter(application -> !ended.contains(application))
                .toList();
        return new NodeReport(known, sessions, inFlight + inside, failover, adopted, upSeconds, left);
    }

    /** The same, of an application that has been there for so long. */
    public NodeReport upFor(long seconds) {
        return new NodeReport(known, sessions, inFlight, failover, adopted, seconds, applications);
    }

    /**
     * What a node tells by another application than the probed one: what it tells of all applications, and what was known of
     * the probed one. Of one that is gone there are no sessions to be waited for.
     *
     * @param probed the context path of the probed one
     * @param before what the node has told last
     */
    public NodeReport byAnother(String probed, NodeReport before) {
        NodeReport own = named(probed)
                .map(it -> of(it.sessions(), it.inFlight(), it.failover(), 0))
                .orElse(this);
        return new NodeReport(known, own.sessions, own.inFlight, own.failover, before.adopted, LONG, applications);
    }

    private Optional<ApplicationReport> named(String context) {
        return applications.stream()
                .filter(application -> application.context().equals(context))
                .findFirst();
    }

    /** Whether other nodes have the application's sessions. */
    public boolean replicated() {
        return failover == Failover.HEALTHY;
    }

    /**
     * What it tells of one of its applications; {@link #NONE} when it tells nothing of that.
     *
     * @param context its context path
     * @param probed the context path of the application whose status this is
     */
    NodeReport about(String context, String probed) {
        if (applications.isEmpty()) {
            return context.equals(probed) ? this : NONE;
        }
        return named(context)
                .map(it -> of(it.sessions(), it.inFlight(), it.failover(), adopted))
                .orElse(NONE);
    }

    /** The application, of those that it has told of, that requests of this path are for. */
    public Optional<ApplicationReport> applicationAt(String path) {
        return applications.stream()
                .filter(application -> Ordered.covers(application.context(), path))
                .max(Comparator.comparingInt(
                        application -> application.context().length()));
    }

    /** How many characters of this path are the context path of that application; below 0 when there is none. */
    int coveredOf(String path) {
        return applicationAt(path).map(it -> it.context().length()).orElse(-1);
    }

    /** Live sessions of all applications on the node that know of theirs. */
    public long allSessions() {
        return applications.isEmpty()
                ? Math.max(0, sessions)
                : applications.stream()
                        .mapToLong(application -> Math.max(0, application.sessions()))
                        .sum();
    }

    /** Whether nothing is lost, nor anybody kept waiting, when the node is stopped now. */
    boolean isEmpty() {
        return known
                && inFlight == 0
                && (replicated() || sessions == 0)
                && applications.stream().allMatch(ApplicationReport::isEmpty);
    }

    /** How the failover is of the application that requests of this path are for. */
    Failover failoverAt(String path) {
        return applications.isEmpty()
                ? failover
                : applicationAt(path).map(ApplicationReport::failover).orElse(Failover.OFF);
    }

    /** Whether other nodes have the sessions of all applications. */
    boolean isReplicated() {
        return applications.isEmpty() ? replicated() : applications.stream().allMatch(ApplicationReport::replicated);
    }

    /** Whether other nodes have the sessions of all applications that have any, and there are such. */
    boolean keepsNothingAlone() {
        return applications.stream().anyMatch(ApplicationReport::replicated)
                && applications.stream().allMatch(ApplicationReport::keepsNothingAlone);
    }
}
