package io.limpet.it.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.WorkFolder;
import io.limpet.it.judge.ProbeWar.Limpet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FollowerIT {

    private static final String CONTEXT = Carrier.COOKIE.context(Limpet.FAILOVER);
    private static final Map<String, ProbeWar> WARS = Map.of(CONTEXT, new ProbeWar(Limpet.FAILOVER, Map.of()));
    private static final Pattern CHANGED = Pattern.compile("changed to id\\((\\S+)\\), which is the session's true");

    /** Past the proxy nobody says how the node was chosen. */
    private static final String ADOPTED =
            "Affinity[node=n2, choice=DIRECT, takenOverFrom=Optional.empty, adopted=true]";

    private final List<Node> nodes = List.of(
            new Node("n1", FreePorts.next(), FreePorts.next()), new Node("n2", FreePorts.next(), FreePorts.next()));

    /** One request adopts the session, the login comes with the old cookie behind it. */
    @ParameterizedTest
    @EnumSource
    void aLoginMayFollowTheAdoptionOfItsSession(Container container) {
        WorkFolder work = WorkFolder.create(container + "-follower");
        try (ProbeNode first = ProbeNode.start(container, nodes.get(0), nodes, work, WARS);
                ProbeNode second = ProbeNode.start(container, nodes.get(1), nodes, work, WARS)) {
            Visitor atFirst = visitor(first.awaitReady());
            atFirst.ask("/do?create,set:cart=rope");
            String old = "JSESSIONID=" + atFirst.cookies().get("JSESSIONID");
            second.awaitReady();
            assertThat(visitor(second)
                            .ask(old + " /do?set:seen=yes,state,affinity")
                            .body())
                    .contains("cart=rope", ADOPTED);
            List<String> heard = visitor(second).events();
            // a session's new id without a word to HttpSessionIdListeners: the API gives nobody access to another's
            assertThat(heard).noneMatch(event -> event.startsWith("session id changed"));
            assertThat(heard)
                    .filteredOn(event -> event.startsWith("session created"))
                    .hasSize(1);
            assertThat(heard)
                    .filteredOn(event -> event.startsWith("adopted"))
                    .singleElement()
                    .asString()
                    .startsWith("adopted id(" + own(old))
                    .contains(") from n1 as id(")
                    .endsWith(" with cart rope");
            assertThat(visitor(second).ask(old + " /do?error:404,affinity").body())
                    .as("an error page")
                    .contains(ADOPTED);
            assertThat(visitor(second).events()).noneMatch(event -> event.startsWith("adopted"));

            Visitor login = visitor(second);
            Exchanged answer = login.ask(old + " /do?state,keep,change-id,kept-set:user,state");

            String id = changed(answer.body());
            assertThat(visitor(second).events())
                    .as("of what the application itself does its listeners hear, on Undertow twice")
                    .filteredOn(event -> event.startsWith("session id changed"))
                    .isNotEmpty()
                    .allMatch(event -> event.endsWith(" to id(" + id + ")"));
            assertThat(answer.body()).endsWith("attributes {cart=rope, seen=yes, user=user}\n");
            assertThat(answer.all("Set-Cookie")).singleElement().asString().startsWith("JSESSIONID=" + id);
            assertThat(login.ask("/do?state").body()).contains(id, "attributes {cart=rope, seen=yes, user=user}");
            assertThat(visitor(second).ask(old + " /do?peek").body()).contains("peek nothing");
        }
    }

    /** The id as it stands in a cookie, without what the container or Limpet put behind it. */
    private static String own(String cookie) {
        return cookie.substring("JSESSIONID=".length()).replaceFirst("\\..*", "");
    }

    private static String changed(String body) {
        Matcher changed = CHANGED.matcher(body);
        assertThat(changed.find()).as(body).isTrue();
        return changed.group(1);
    }

    /** Past the proxy, which would have taken the route away. */
    private static Visitor visitor(ProbeNode node) {
        return new Visitor(node.uri(), CONTEXT, Carrier.COOKIE, cookie -> cookie.replaceFirst("\\.n[12]$", ""));
    }
}
