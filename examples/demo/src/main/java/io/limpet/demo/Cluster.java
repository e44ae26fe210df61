package io.limpet.demo;

import io.limpet.demo.Plan.NodePlace;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The nodes and the proxy as running processes.
 *
 * <p>{@link #start} is called once; {@link #close} may come from another thread at any time, also in the middle of it.
 * The end of a process is noticed on a thread of the JVM, and each restart has a thread of its own.
 */
final class Cluster implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration RESTART_DELAY = Duration.ofSeconds(5);
    private static final Duration END_LIMIT = Duration.ofSeconds(8);

    private final Plan plan;
    private final Folder folder;
    private final Screen screen;
    private final Readiness readiness = new Readiness();
    private final Map<String, Child> children = new ConcurrentHashMap<>();
    private final CountDownLatch proxyGone = new CountDownLatch(1);

    // counted down under this object's lock, like every start of a process: none can slip in behind close()
    private final CountDownLatch ending = new CountDownLatch(1);

    Cluster(Plan plan, Folder folder, Screen screen) {
        this.plan = plan;
        this.folder = folder;
        this.screen = screen;
    }

    /** Starts everything and returns when the proxy answers; the proxy comes last, so that it finds its nodes up. */
    void start() throws StartFailedException, InterruptedException {
        for (NodePlace node : plan.nodes()) {
            launch(Launches.node(plan, node, folder));
        }
        for (NodePlace node : plan.nodes()) {
            awaitStart(node.name());
        }
        launch(Launches.proxy(plan, folder));
        awaitStart(Plan.PROXY);
        List.copyOf(children.values()).forEach(this::watch);
    }

    /** The process ids of the nodes and of the proxy by name, as they are now. */
    Map<String, Long> pids() {
        return children.values().stream()
                .collect(Collectors.toMap(child -> child.launch().name(), Child::pid));
    }

    /** Returns when the proxy has ended and will not be started again. */
    void awaitEnd() throws InterruptedException {
        proxyGone.await();
    }

    /** Ends all processes, in order if they do that soon, and returns when none is left. */
    @Override
    public void close() {
        synchronized (this) {
            if (ending.getCount() == 0) {
                return;
            }
            ending.countDown();
        }
        screen.say("Ending the proxy and the nodes ...");
        screen.shut();
        Child proxy = children.get(Plan.PROXY);
        // first, so that nobody is sent to a node that is leaving
        end(proxy == null ? List.of() : List.of(proxy));
        end(children.values());
    }

    private synchronized Child launch(Launch launch) throws StartFailedException {
        if (ending.getCount() == 0) {
            throw new StartFailedException("the demo is ending");
        }
        String name = launch.name();
        try {
            Child child = Child.start(launch, folder.log(name), line -> screen.quote(name, line));
            children.put(name, child);
            return child;
        } catch (IOException e) {
            throw new StartFailedException("process of " + name + " cannot be started: " + e.getMessage());
        }
    }

    private void awaitStart(String name) throws StartFailedException, InterruptedException {
        Child child = children.get(name);
        if (child == null) {
            throw new StartFailedException("the demo is ending");
        }
        switch (readiness.await(child, START_LIMIT)) {
            case UP -> {}
            case ENDED ->
                throw new StartFailedException(
                        name + " ended before it was up; the end of its log:\n" + folder.endOfLog(name));
            case TOO_SLOW ->
                throw new StartFailedException(name + " was not up after " + START_LIMIT.toSeconds()
                        + " s; the end of its log:\n" + folder.endOfLog(name));
        }
    }

    private void watch(Child child) {
        child.whenEnded(exitCode -> ended(child, exitCode));
    }

    private void ended(Child child, int exitCode) {
        screen.say(News.ended(child.launch(), child.pid(), exitCode, plan));
        if (plan.restart()) {
            Thread thread = new Thread(
                    () -> bringBack(child.launch()), "restart-" + child.launch().name());
            thread.setDaemon(true);
            thread.start();
        } else if (child.launch().name().equals(Plan.PROXY)) {
            proxyGone.countDown();
        }
    }

    private void bringBack(Launch launch) {
        try {
            if (ending.await(RESTART_DELAY.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            Child child = launch(launch);
            boolean up = readiness.await(child, START_LIMIT) == Readiness.Outcome.UP;
            if (up) {
                screen.say(News.back(launch, child.pid()));
            }
            // one that ended again is news at once, and has its next try after the same delay
            watch(child);
        } catch (StartFailedException e) {
            screen.complain(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Collection<Child> group) {
        group.forEach(Child::end);
        long limit = System.nanoTime() + END_LIMIT.toNanos();
        try {
            for (Child child : group) {
                if (!child.hasEndedWithin(limit - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    child.kill();
                }
            }
        } catch (InterruptedException e) {
            group.forEach(Child::kill);
            Thread.currentThread().interrupt();
        }
    }
}
