package io.limpet.it.judge;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.RawClient;
import io.limpet.it.cluster.Container;
import io.limpet.it.judge.ProbeWar.Limpet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("open")
class TaggingIT {

    private static final int CLICKS = 50;
    private static final Pattern LINK = Pattern.compile("url (\\S+) redirect");
    private static final Pattern PEEKED = Pattern.compile("peek id\\((\\S+)\\)");

    private final ProbeCluster cluster;

    TaggingIT(ProbeCluster cluster) {
        this.cluster = cluster;
    }

    static Stream<ProbeCluster> open() {
        return Stream.of(Container.values()).map(ProbeCluster::start);
    }

    @Test
    void whateverAnApplicationDoesItsSessionIsTaggedOnceInCookiesAndUrlsAndAllElseInThemIsTheContainers() {
        SoftAssertions softly = new SoftAssertions();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Map<Carrier, CompletableFuture<List<List<List<String>>>>> bare = new EnumMap<>(Carrier.class);
            Map<Carrier, CompletableFuture<List<List<List<String>>>>> tagged = new EnumMap<>(Carrier.class);
            for (Carrier carrier : Carrier.values()) {
                bare.put(carrier, supplyAsync(() -> heard(carrier, cluster::visitorOfBare), threads));
                tagged.put(carrier, supplyAsync(() -> heard(carrier, cluster::visitor), threads));
            }
            bare.forEach((carrier, heard) -> compare(
                    carrier,
                    heard.join(),
                    Objects.requireNonNull(tagged.get(carrier)).join(),
                    softly));
        } finally {
            threads.shutdownNow();
        }
        softly.assertAll();
    }

    private void compare(
            Carrier carrier, List<List<List<String>>> bare, List<List<List<String>>> tagged, SoftAssertions softly) {
        List<Conversation> conversations = spoken(carrier);
        for (int i = 0; i < conversations.size(); i++) {
            String what = cluster + ", " + carrier + ": " + conversations.get(i).name();
            cookies(carrier).compare(what, bare.get(i), tagged.get(i), softly);
            if (carrier == Carrier.URL) { // each encodes one at least, while a reset may take a cookie away
                softly.assertThat(cookies(carrier).bare(bare.get(i)).toString())
                        .as("what the container writes in %s", what)
                        .contains(SessionCookies.SESSION);
            }
        }
    }

    private SessionCookies cookies(Carrier carrier) {
        return new SessionCookies(cluster.container().sessionValue(), carrier);
    }

    /** Attributes that the container does not write cannot be kept; some do not know them all. */
    @Test
    void theContainersWriteTheAttributesThatAreToBeKept() {
        for (Carrier carrier : List.of(Carrier.HOST_COOKIE, Carrier.DOMAIN_COOKIE)) {
            for (Visitor visitor : List.of(cluster.visitorOfBare(carrier), cluster.visitor(carrier))) {
                assertThat(visitor.ask("/do?create").all("Set-Cookie"))
                        .singleElement()
                        .satisfies(line -> assertThat(List.of(line.split("; *")))
                                .containsAll(carrier.attributes(cluster.container())));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COOKIE", "URL"})
    void aFormLoginEndsAtThePageThatWasAskedForOnTheSameNode(Carrier carrier) {
        Visitor visitor = cluster.visitor(carrier);
        Exchanged asked = visitor.ask("/private?user,peek");
        // Jetty redirects to the form, the others forward to it
        Exchanged form = asked.all("Location").isEmpty()
                ? asked
                : visitor.getOutside(pathOf(asked.all("Location").get(0)));
        assertThat(form.body()).contains("/login, post to j_security_check");
        String node = found(SessionCookies.ROUTE, asked.all("Set-Cookie") + form.body());

        Exchanged answer = visitor.ask("POST /j_security_check?j_username=ishmael&j_password=harpoon");
        assertThat(answer.statusLine()).containsPattern(" 30[23]");
        String location = answer.all("Location").get(0);
        assertThat(location)
                .matches("(" + cluster.uri(carrier) + ")?" + carrier.context(Limpet.FILTER) + "/private.*user,peek");
        Exchanged page = visitor.getOutside(pathOf(location));
        assertThat(page.body()).contains("ishmael").containsPattern(PEEKED);
        String written = answer.all("Set-Cookie") + location + page.all("Set-Cookie");
        if (cluster.container() != Container.UNDERTOW || carrier == Carrier.URL) { // it keeps the id, and its cookie
            assertThat(found(SessionCookies.ROUTE, written)).isEqualTo(node);
        }
        assertThat(visitor.ask("/do?user").body()).contains("ishmael");
    }

    private static String pathOf(String location) {
        return location.replaceFirst("^http://[^/]+", "");
    }

    @Test
    void aThousandOtherCookiesAreAsTheContainerWroteThem() {
        Random random = new Random(CookieLines.SEED);
        SessionCookies session = cookies(Carrier.COOKIE);
        int sessions = 0;
        for (int request = 0; request < 50; request++) {
            List<String> lines = CookieLines.some(20, random);
            String steps = "/do?" + CookieLines.steps(lines.subList(0, 10)) + ",create,"
                    + CookieLines.steps(lines.subList(10, 20));
            List<List<String>> bare =
                    List.of(session.in(cluster.visitorOfBare(Carrier.COOKIE).ask(steps)));
            List<List<String>> tagged =
                    List.of(session.in(cluster.visitor(Carrier.COOKIE).ask(steps)));
            assertThat(bare.get(0))
                    .filteredOn(line -> !line.startsWith("JSESSIONID="))
                    .hasSameSizeAs(lines);
            sessions += bare.get(0).size() - lines.size();
            assertThat(session.withoutRoutes(tagged))
                    .as("seed %d", CookieLines.SEED)
                    .isEqualTo(session.bare(bare));
        }
        assertThat(sessions).as("sessions among them").isPositive();
    }

    private static List<Conversation> spoken(Carrier carrier) {
        return carrier.conversations().stream()
                .filter(conversation -> !conversation.equals(Conversation.CUT_OFF))
                .toList();
    }

    private List<List<List<String>>> heard(Carrier carrier, Function<Carrier, Visitor> visitors) {
        return spoken(carrier).stream()
                .map(conversation -> cookies(carrier).heard(conversation, visitors.apply(carrier)))
                .toList();
    }

    @Test
    void aCrawlWithoutCookiesStaysOnItsNodeAndInItsSession() {
        String page = Carrier.URL.context(Limpet.FILTER) + "/do";
        Visitor crawler = cluster.visitor(Carrier.URL);
        Exchanged first = crawler.ask("/do?create,peek,encode:" + page);
        String id = found(PEEKED, first.body());
        String link = found(LINK, first.body());
        String node = found(SessionCookies.ROUTE, link);

        for (int click = 1; click <= CLICKS; click++) {
            Exchanged answer = click % 5 == 0
                    ? followed(crawler, link + "?redirect-encoded:" + page)
                    : crawler.getOutside(link + "?peek,encode:" + page);
            assertThat(found(PEEKED, answer.body())).isEqualTo(id);
            link = found(LINK, answer.body());
            assertThat(link).endsWith("." + node).doesNotContain("." + node + "." + node);
            assertThat(answer.all("Set-Cookie")).isEmpty();
        }
    }

    private static Exchanged followed(Visitor crawler, String link) {
        Exchanged redirect = crawler.getOutside(link);
        assertThat(redirect.statusLine()).contains(" 302");
        String location = pathOf(redirect.all("Location").get(0));
        return crawler.getOutside(location + "?peek,encode:" + location.replaceFirst(";.*", ""));
    }

    @Test
    void nestedApplicationsKeepTheirOwnSessionsThoughTheClientSendsAllTheirCookies() throws Exception {
        for (int i = 0; i < 10; i++) {
            List<String> cookies = new ArrayList<>();
            for (String path : ProbeCluster.NESTED) {
                // the longer path first (RFC 6265 §5.4)
                cookies.add(0, "JSESSIONID=" + newSession(path));
                assertThat(peek(path, String.join("; ", cookies)))
                        .isEqualTo(cookies.get(0).replaceFirst("JSESSIONID=([^.]*).*", "$1"));
            }
        }
    }

    private String newSession(String context) throws Exception {
        Exchanged answer = Exchanged.of(RawClient.get(cluster.uri(Carrier.COOKIE), context + "/do?create"));
        String cookie = answer.all("Set-Cookie").get(0);
        return cookie.substring("JSESSIONID=".length(), cookie.indexOf(';'));
    }

    private String peek(String context, String cookies) throws Exception {
        String body = Exchanged.of(
                        RawClient.get(cluster.uri(Carrier.COOKIE), context + "/do?peek", "Cookie: " + cookies))
                .body();
        return found(PEEKED, body);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
