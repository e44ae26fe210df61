package io.limpet.it;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.client.SessionCookie;
import io.limpet.it.cluster.Artifact;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.Server;
import io.limpet.it.cluster.WorkFolder;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The same shop on the same server with nothing of Limpet in it: what its cookies are compared with. */
public final class BareContainer {

    private static final Pattern FILTERS = Pattern.compile("<(filter|filter-mapping)>.*?</\\1>", Pattern.DOTALL);

    private BareContainer() {}

    /** The session cookie as this server writes it. */
    public static SessionCookie sessionCookie(Server server) throws IOException {
        WorkFolder work = WorkFolder.create(server + "-bare");
        Path war = withoutLimpet(work.folder().resolve("bare.war"));
        Node node = new Node("bare", FreePorts.next(), 0);
        try (Program program = server.start(node, work, war, Map.of())) {
            server.awaitReady(node, program);
            Answer answer = new Browser(node.uri()).get("/api/cart");
            return answer.sessionCookies().get(0);
        }
    }

    static Path withoutLimpet(Path copy) throws IOException {
        Files.copy(Artifact.WAR.path(), copy);
        try (FileSystem war = FileSystems.newFileSystem(copy)) {
            Path webXml = war.getPath("WEB-INF/web.xml");
            String bare = FILTERS.matcher(Files.readString(webXml)).replaceAll("");
            Files.writeString(webXml, bare);
            try (Stream<Path> jars = Files.list(war.getPath("WEB-INF/lib"))) {
                List<Path> ours = jars.filter(
                                jar -> jar.getFileName().toString().startsWith("limpet-filter"))
                        .toList();
                if (ours.isEmpty() || bare.contains("io.limpet.filter")) {
                    throw new IllegalStateException("this does not take Limpet out of the shop any more");
                }
                for (Path jar : ours) {
                    Files.delete(jar);
                }
            }
        }
        return copy;
    }
}
