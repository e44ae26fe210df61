package io.limpet.it.servers;

import io.limpet.it.cluster.Node;
import io.limpet.it.judge.Quirks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How an operator runs the shop on one kind of server: as its project released it, the WAR unchanged at the root context,
 * nothing but loopback addresses, a folder for each node. Each is one {@code java} process, so that a kill meets the
 * server and not a script; SIGTERM ends it in order.
 */
interface Recipe {

    /** Its name on a command line. */
    String name();

    /** Its name for a reader, without the version. */
    String title();

    /** What it writes into the session cookie by itself. */
    Pattern sessionValue();

    /** What of its released configuration is changed, and why; one sentence or more for the operator. */
    String changes();

    /** Fills a node's new folder. */
    void layOut(NodeFolder folder, Node node, Path war) throws IOException;

    /** The end of a {@code java} command that serves from a folder that was laid out, perhaps for the second time. */
    List<String> command(NodeFolder folder, Node node);

    /** Whether it can be tried with that. */
    default boolean runs(Variant variant) {
        return variant == Variant.SHOP || variant == Variant.PROBE || variant == Variant.SPRING;
    }

    /** Lets the server write a route of its own into the cookie, in a folder that was laid out. */
    default void ownRoute(NodeFolder folder, Node node, String route) throws IOException {
        throw new UnsupportedOperationException(name() + " writes no route");
    }

    /** Switches CDI and Jakarta Faces on where they are not, in a folder that was laid out. */
    default void jakartaEe(NodeFolder folder, Node node) throws IOException {}

    /** Switches Jakarta Pages on where they are not, in a folder that was laid out: the judges have one. */
    default void pages(NodeFolder folder, Node node) throws IOException {}

    /** What differs there with a filter, whichever it is; the page says why. */
    default Quirks quirks() {
        return Quirks.NONE;
    }

    /** The server's own classes that CDI and Jakarta Faces keep in the session: for {@code session-classes}. */
    default List<String> sessionClasses() {
        return List.of();
    }

    /**
     * Columns, and {@link Variant}s whose log is not clean, where the server itself breaks a promise; the page says why.
     * Behind each is what a log says then, one of these: for any other reason the promise may not be broken.
     */
    default Map<String, Set<String>> explained() {
        return Map.of();
    }

    /** What it wants to find in the environment. */
    default Map<String, String> environment(NodeFolder folder) {
        return Map.of();
    }
}
