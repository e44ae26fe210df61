package io.limpet.it.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** What a node runs in; {@code toString} is its name, with no character that a folder cannot have. */
public interface Server {

    /** What it writes into the session cookie by itself. */
    Pattern sessionValue();

    /**
     * Starts one node's process, with the WAR at the root context; it may not serve yet.
     *
     * @param work where the node's log is, and its files
     * @param environment Limpet's settings
     */
    Program start(Node node, WorkFolder work, Path war, Map<String, String> environment);

    /** Waits until the node serves; fails when its process ends before, or takes too long. */
    void awaitReady(Node node, Program program);
}
