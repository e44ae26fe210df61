package io.limpet.it.servers;

import io.limpet.it.cluster.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Eclipse Jetty with one environment of Jakarta EE.
 *
 * @param environment ee10 or ee11
 */
record Jetty(String environment) implements Recipe {

    private static final Pattern SESSION_VALUE = Pattern.compile("node0[0-9a-z]+\\.node0");

    @Override
    public String name() {
        return "jetty-" + environment;
    }

    @Override
    public String title() {
        return "Eclipse Jetty, " + environment;
    }

    @Override
    public Pattern sessionValue() {
        return SESSION_VALUE;
    }

    @Override
    public String changes() {
        return "Modules `http`, `%1$s-deploy` and `%1$s-annotations`; the last runs the initializer in Limpet's jar."
                .formatted(environment);
    }

    @Override
    public void layOut(NodeFolder folder, Node node, Path war) throws IOException {
        folder.folders("resources", "work", "environments");
        // a file for each: what stands behind a module of an environment is a setting of this environment only
        folder.write("start.d/http.ini", """
                --modules=http
                jetty.http.host=127.0.0.1
                jetty.http.port=%d
                """.formatted(node.port()));
        folder.write("start.d/application.ini", "--modules=%1$s-deploy,%1$s-annotations%n".formatted(environment));
        folder.copy(war, "webapps/root.war");
    }

    @Override
    public boolean runs(Variant variant) {
        return variant != Variant.JAKARTA_EE;
    }

    @Override
    public void ownRoute(NodeFolder folder, Node node, String route) throws IOException {
        folder.write(
                "start.d/sessions.ini", "--modules=sessions%njetty.sessionIdManager.workerName=%s%n".formatted(route));
    }

    @Override
    public void pages(NodeFolder folder, Node node) throws IOException {
        folder.write("start.d/pages.ini", "--modules=%s-jsp%n".formatted(environment));
    }

    @Override
    public List<String> command(NodeFolder folder, Node node) {
        Path home = Release.of("jetty");
        return List.of(
                "-jar", home.resolve("start.jar").toString(), "jetty.home=" + home, "jetty.base=" + folder.path());
    }
}
