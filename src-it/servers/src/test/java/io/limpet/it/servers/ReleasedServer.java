package io.limpet.it.servers;

import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.Server;
import io.limpet.it.cluster.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A server that is run after its recipe.
 *
 * @param recipe how
 * @param variant with what
 */
record ReleasedServer(Recipe recipe, Variant variant) implements Server {

    /** What Weld and Mojarra keep in a session, on each server that has both. */
    static final List<String> WELD_AND_MOJARRA = List.of(
            "org.jboss.weld.contexts.*",
            "org.jboss.weld.contexts.beanstore.LockStore",
            "org.jboss.weld.serialization.**",
            "org.jboss.weld.bean.*",
            "org.jboss.weld.bean.proxy.util.*",
            "com.sun.faces.**",
            "jakarta.faces.**");

    // three application servers start at once on two cores
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    // begins no session
    private static final String PAGE = "/shop.css";
    // is compiled when somebody asks for it first, for which the judges have less patience
    private static final String PAGE_OF_PROBE = "/page.jsp";

    private static final List<String> SMALL =
            List.of("-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Duser.language=en");

    @Override
    public Pattern sessionValue() {
        return variant == Variant.OWN_ROUTE ? OwnRoute.SESSION_VALUE : recipe.sessionValue();
    }

    @Override
    public Program start(Node node, WorkFolder work, Path war, Map<String, String> environment) {
        NodeFolder folder = new NodeFolder(work.folder().resolve("tmp").resolve(node.name()));
        try {
            if (!Files.exists(folder.path())) {
                folder.folders("tmp");
                layOut(folder, node, war);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> arguments = new ArrayList<>(SMALL);
        arguments.add("-Djava.io.tmpdir=" + folder.at("tmp"));
        arguments.add(Program.lifeline());
        arguments.addAll(recipe.command(folder, node));
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(recipe.environment(folder));
        if (variant == Variant.JAKARTA_EE) {
            all.put("LIMPET_SESSION_CLASSES", "io.limpet.probe.ee.**," + String.join(",", recipe.sessionClasses()));
        }
        return Program.start(node.name(), work.log(node.name()), all, arguments);
    }

    private void layOut(NodeFolder folder, Node node, Path shop) throws IOException {
        recipe.layOut(folder, node, variant.application().isEmpty() ? shop : Release.property(variant.application()));
        switch (variant) {
            case OWN_ROUTE -> recipe.ownRoute(folder, node, Variant.ownRouteOf(node.name()));
            case CONTAINER_ROUTE -> recipe.ownRoute(folder, node, node.name());
            case JAKARTA_EE -> recipe.jakartaEe(folder, node);
            case PROBE -> recipe.pages(folder, node);
            case SHOP, SPRING -> {}
        }
    }

    @Override
    public void awaitReady(Node node, Program program) {
        await(node.name() + " to serve")
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .failFast(node.name() + " ended before it served, see " + program.log(), () -> !program.isAlive())
                .until(() -> serves(node));
    }

    private boolean serves(Node node) {
        try {
            return new Browser(node.uri())
                            .get(variant == Variant.PROBE ? PAGE_OF_PROBE : PAGE)
                            .status()
                    == 200;
        } catch (UncheckedIOException e) {
            return false; // it does not listen yet
        }
    }

    @Override
    public String toString() {
        return recipe.name()
                + (variant == Variant.SHOP ? "" : "-" + variant.name().toLowerCase(Locale.ROOT));
    }
}
