package io.limpet.it.servers;

import io.limpet.it.cluster.Node;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Apache Tomcat.
 *
 * @param line of the versions: 10.1 or 11
 */
record Tomcat(String line) implements Recipe {

    private static final Pattern SESSION_VALUE = Pattern.compile("[0-9A-F]{32}");

    @Override
    public String name() {
        return "tomcat-" + line;
    }

    @Override
    public String title() {
        return "Apache Tomcat";
    }

    @Override
    public Pattern sessionValue() {
        return SESSION_VALUE;
    }

    @Override
    public String changes() {
        return "Nothing but port and address in `server.xml`.";
    }

    @Override
    public void layOut(NodeFolder folder, Node node, Path war) throws IOException {
        folder.copy(home().resolve("conf"), "conf");
        folder.edit("conf/server.xml", "port=\"8005\"", "port=\"-1\"");
        folder.edit("conf/server.xml", "port=\"8080\"", "port=\"" + node.port() + "\" address=\"127.0.0.1\"");
        folder.folders("logs", "work", "temp", "webapps");
        folder.copy(war, "webapps/ROOT.war");
    }

    @Override
    public boolean runs(Variant variant) {
        return variant != Variant.JAKARTA_EE;
    }

    @Override
    public void ownRoute(NodeFolder folder, Node node, String route) throws IOException {
        folder.edit("conf/server.xml", "<Engine name=", "<Engine jvmRoute=\"" + route + "\" name=");
    }

    @Override
    public List<String> command(NodeFolder folder, Node node) {
        return List.of(
                "-Dcatalina.home=" + home(),
                "-Dcatalina.base=" + folder.path(),
                "-Djava.util.logging.config.file=" + folder.at("conf/logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-cp",
                home().resolve("bin/bootstrap.jar") + File.pathSeparator + home().resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start");
    }

    private Path home() {
        return Release.of(name());
    }
}
