package io.limpet.proxy.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.Node;
import io.limpet.route.Route;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    private List<URI> addresses = List.of();
    private boolean broken;
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> up = new HashSet<>();
    private final List<List<String>> found = new ArrayList<>();
    private Duration patience = Duration.ZERO;
    private final Discovery discovery = new Discovery(
            new Lookup() {
                @Override
                public List<URI> addresses() throws IOException {
                    return DiscoveryTest.this.addresses();
                }

                @Override
                public Duration patience() {
                    return patience;
                }
            },
            address -> CompletableFuture.completedFuture(
                    Optional.ofNullable(names.get(address.getHost())).flatMap(Route::parse)),
            node -> up.contains(node.uri().getHost()),
            nodes -> found.add(nodes.stream().map(DiscoveryTest::describe).toList()));

    private static String describe(Node node) {
        return node + "=" + node.uri().getHost();
    }

    private List<URI> addresses() throws IOException {
        if (broken) {
            throw new IOException("no DNS server answers");
        }
        return addresses;
    }

    private void look(String... hosts) {
        addresses = Arrays.stream(hosts)
                .map(host -> new HostAndPort(host, 8080).uri())
                .toList();
        discovery.look();
    }

    private void runs(String host, String name) {
        names.put(host, name);
        up.add(host);
    }

    @Test
    void allAddressesAreAskedAtOnce() {
        List<CompletableFuture<Optional<Route>>> open = new ArrayList<>();
        Names names = address -> {
            open.add(new CompletableFuture<>());
            if (open.size() == 3) { // none is answered before all were asked
                for (int i = 0; i < open.size(); i++) {
                    open.get(i).complete(Route.parse("n" + i));
                }
            }
            return open.get(open.size() - 1);
        };
        Lookup three = () -> List.of(URI.create("http://a:1"), URI.create("http://b:1"), URI.create("http://c:1"));
        new Discovery(
                        three,
                        names,
                        node -> true,
                        nodes -> found.add(nodes.stream().map(Node::toString).toList()))
                .look();

        assertThat(found).containsExactly(List.of("n0", "n1", "n2"));
    }

    @Test
    void nodesComeAndGoWithTheirAddressesAndNameThemselves() {
        runs("10.0.0.1", "a");
        runs("10.0.0.2", "b");
        look("10.0.0.1");
        look("10.0.0.1", "10.0.0.2");
        look("10.0.0.2", "10.0.0.1");
        look("10.0.0.2");

        assertThat(found)
                .containsExactly(List.of("a=10.0.0.1"), List.of("a=10.0.0.1", "b=10.0.0.2"), List.of("b=10.0.0.2"));
    }

    @Test
    void anAddressWhereNobodyTellsItsNameIsNoNodeYet() {
        look("10.0.0.1");
        assertThat(found).isEmpty();

        runs("10.0.0.1", "a");
        look("10.0.0.1");
        assertThat(found).containsExactly(List.of("a=10.0.0.1"));
    }

    @Test
    void whenDnsFailsOrFindsNothingAllStay() {
        runs("10.0.0.1", "a");
        look("10.0.0.1");
        broken = true;
        discovery.look();
        broken = false;
        look();
        look("10.0.0.1");

        assertThat(found).hasSize(1);
    }

    @Test
    void aLookupMayForgetANodeAndItStaysWhileItIsWell() {
        patience = Duration.ofMinutes(1);
        runs("10.0.0.1", "a");
        runs("10.0.0.2", "b");
        look("10.0.0.1", "10.0.0.2");
        look("10.0.0.1");
        assertThat(found).hasSize(1);

        up.remove("10.0.0.2");
        look("10.0.0.1");
        assertThat(found).containsExactly(List.of("a=10.0.0.1", "b=10.0.0.2"), List.of("a=10.0.0.1"));
    }

    @Test
    void aNodeThatIsDownStaysWhileItsAddressDoes() {
        runs("10.0.0.1", "a");
        look("10.0.0.1");
        up.clear();
        names.clear();
        look("10.0.0.1");

        assertThat(found).hasSize(1);
    }

    @Test
    void anAddressMayPassToAnotherNode() {
        runs("10.0.0.1", "a");
        look("10.0.0.1");
        up.clear();
        names.put("10.0.0.1", "b");
        look("10.0.0.1");

        assertThat(found).containsExactly(List.of("a=10.0.0.1"), List.of("b=10.0.0.1"));
    }

    @Test
    void aNameMayPassToAnotherAddressWhenTheFirstIsDown() {
        runs("10.0.0.1", "a");
        look("10.0.0.1");
        runs("10.0.0.2", "a");
        look("10.0.0.1", "10.0.0.2");
        assertThat(found).hasSize(1);

        up.remove("10.0.0.1");
        look("10.0.0.1", "10.0.0.2");
        assertThat(found).containsExactly(List.of("a=10.0.0.1"), List.of("a=10.0.0.2"));
    }

    @Test
    void servicesTellTheirPort() {
        assertThat(HostAndPort.ofService("10 5 8081 pod-1.shop.example."))
                .contains(new HostAndPort("pod-1.shop.example", 8081));
        assertThat(HostAndPort.ofService("0 0 0 .")).isEmpty();
        assertThat(HostAndPort.ofService("v=spf1 -all")).isEmpty();
    }

    @Test
    void anAddressOfIpv6StandsInBrackets() {
        assertThat(new HostAndPort("fd00::1", 8080).uri()).isEqualTo(URI.create("http://[fd00::1]:8080"));
    }
}
