package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.Mutations;
import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import io.limpet.route.SealedRoutes;
import io.limpet.route.Secret;
import io.limpet.route.SessionPath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a client sends, where the filter meets it. The number of tries is the system property {@code limpet.fuzz}; the
 * seed of a run is in every failure's message.
 */
class HostileRequestTest {

    private static final int TRIES = Integer.getInteger("limpet.fuzz", 1_000_000) / 4;
    private static final long SEED = Long.getLong("limpet.fuzz.seed", System.nanoTime());
    private static final Route N1 = new Route("n1");
    private static final List<String> NAMES = SessionPath.parameters("JSESSIONID");
    private static final String ID = "4F2A0B7C93D14E56A8B1C2D3E4F50617";

    private final Mutations mutations = new Mutations(new Random(SEED));
    private final List<RouteCodec> codecs =
            List.of(new PlainRoutes(), new SealedRoutes(List.of(new Secret("a secret of enough length")), List.of(N1)));

    /** Not a mock: a million calls of one would be remembered. */
    private static HttpServletRequest request(String requestedId) {
        Map<String, Object> attributes = new HashMap<>();
        return (HttpServletRequest) Proxy.newProxyInstance(
                HostileRequestTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> answer(method, arguments, requestedId, attributes));
    }

    private static @Nullable Object answer(
            Method method, Object[] arguments, String requestedId, Map<String, Object> attributes) {
        return switch (method.getName()) {
            case "getRequestedSessionId" -> requestedId;
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "getHeader", "getSession" -> null;
            default -> throw new AssertionError(method);
        };
    }

    /** One that is not asked anything: nothing is told to a proxy that is not there. */
    private static HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HostileRequestTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError(method);
                });
    }

    @Test
    @Timeout(120)
    void noRequestedIdThrowsAndItsFormsAreWhatItBeginsWith() {
        for (int i = 0; i < TRIES; i++) {
            RouteCodec codec = codecs.get(i % codecs.size());
            String requested = mutations.of(codec.tag(ID + ".node0.localhost", N1));
            List<String> forms = new RequestedId(request(requested), tagger(codec)).forms();
            expect(forms.isEmpty() == requested.isEmpty(), requested);
            expect(forms.isEmpty() || forms.get(0).equals(requested), requested);
            expect(forms.size() <= 4 && new HashSet<>(forms).size() == forms.size(), requested);
            for (String form : forms) {
                expect(!form.isEmpty() && requested.startsWith(form), requested);
            }
        }
    }

    @Test
    @Timeout(120)
    void noUrlThrowsAndItsSessionIsTaggedOnceAndNothingElse() {
        HttpServletResponse response = response();
        for (int i = 0; i < TRIES; i++) {
            RouteCodec codec = codecs.get(i % codecs.size());
            SessionTagger tagger = tagger(codec);
            String url = mutations.of("http://shop/a/b;v=1;jsessionid=" + ID + "/c?x=;jsessionid=no#top");
            HttpServletRequest request = request("");
            String tagged = tagger.tagUrl(url, request, response);
            String once = SessionPath.rewrite(url, NAMES, value -> codec.tag(value, N1));
            expect(tagged.equals(once), url);
            expect(tagger.tagUrl(tagged, request, response).equals(tagged), url);
            String again = tagger.tagUrlAgain(tagged, request(""), response);
            expect(again.equals(tagged), url);
        }
    }

    @Test
    @Timeout(120)
    void noCookieThrowsAndAFormThatIsFoundWritesItAgain() {
        int found = 0;
        for (int i = 0; i < TRIES; i++) {
            String value = mutations.of("0000" + ID + ":clone.node0");
            Optional<CookieForm> form = CookieForm.of(value, ID);
            expect(form.isEmpty() || form.get().valueOf(ID).equals(value), value);
            found += form.isPresent() ? 1 : 0;
        }
        assertThat(found).as("of %d tries; seed %d", TRIES, SEED).isPositive();
    }

    private static SessionTagger tagger(RouteCodec codec) {
        return new SessionTagger(codec, N1, "JSESSIONID");
    }

    /** Without AssertJ in the loop, which would take most of the time. */
    private static void expect(boolean holds, String input) {
        if (!holds) {
            assertThat(input).as("breaks the rule; seed %d", SEED).isNull();
        }
    }
}
