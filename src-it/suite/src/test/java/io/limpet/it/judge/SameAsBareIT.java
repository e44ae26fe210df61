package io.limpet.it.judge;

import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.WorkFolder;
import io.limpet.it.judge.ProbeWar.Limpet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SameAsBareIT {

    private static final String ROUTE = "tide";

    /** Below each application's own path, to be forwarded to. */
    private static final String OTHER = "/other";

    /** Before an application's own path. */
    private static final String IDLE = "/idle";

    @ParameterizedTest
    @EnumSource
    void anApplicationBehavesWithTheFilterAsWithoutIt(Container container) {
        // each application has its listeners for itself, and much of the time is the container's own waiting
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ProbeNode node = start(container)) {
            node.awaitReady();
            Judge judge = new Judge(quirks(container), ROUTE, node.uri());
            Map<String, CompletableFuture<List<List<String>>>> heard = new LinkedHashMap<>();
            applications()
                    .forEach((context, carrier) -> heard.put(
                            context,
                            CompletableFuture.supplyAsync(
                                    () -> judge.hear(carrier.conversations(), carrier, context), threads)));
            Map<String, CompletableFuture<String>> idle = new LinkedHashMap<>();
            idleApplications()
                    .forEach((context, carrier) -> idle.put(
                            context, CompletableFuture.supplyAsync(() -> judge.idle(carrier, context), threads)));
            SoftAssertions same = new SoftAssertions();
            applications()
                    .forEach((context, carrier) -> SameAsBareJudge.compare(
                            container + " " + context,
                            carrier.conversations(),
                            resultOf(context, heard),
                            resultOf(carrier.context(Limpet.NONE), heard),
                            same));
            idleApplications()
                    .forEach((context, carrier) -> same.assertThat(resultOf(context, idle))
                            .as("%s %s: %s", container, context, CarrierConversations.IDLE.name())
                            .startsWith("peek ")
                            .isEqualTo(resultOf(IDLE + carrier.context(Limpet.NONE), idle)));
            same.assertAll();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Quirks quirks(Container container) {
        return container == Container.UNDERTOW ? Quirks.OF_UNDERTOW : Quirks.NONE;
    }

    /** Every application's path, and how its session is carried. */
    private static Map<String, Carrier> applications() {
        Map<String, Carrier> applications = new LinkedHashMap<>();
        for (Carrier carrier : Carrier.values()) {
            for (Limpet limpet : Limpet.values()) {
                if (carrier == Carrier.COOKIE || limpet != Limpet.FAILOVER) {
                    applications.put(carrier.context(limpet), carrier);
                }
            }
        }
        return applications;
    }

    /** The same of those in which nobody can log in and little is asked. */
    private static Map<String, Carrier> idleApplications() {
        Map<String, Carrier> applications = new LinkedHashMap<>();
        for (Carrier carrier : List.of(Carrier.COOKIE, Carrier.URL)) {
            for (Limpet limpet : List.of(Limpet.NONE, Limpet.FILTER)) {
                applications.put(IDLE + carrier.context(limpet), carrier);
            }
        }
        return applications;
    }

    private static <T> T resultOf(String context, Map<String, CompletableFuture<T>> heard) {
        return Objects.requireNonNull(heard.get(context), "every application is heard")
                .join();
    }

    private static ProbeNode start(Container container) {
        Map<String, ProbeWar> wars = new LinkedHashMap<>();
        for (Carrier carrier : Carrier.values()) {
            for (Limpet limpet : Limpet.values()) {
                if (carrier == Carrier.COOKIE || limpet != Limpet.FAILOVER) {
                    wars.put(carrier.context(limpet), new ProbeWar(limpet, carrier.contextParams()));
                }
            }
        }
        for (Carrier carrier : List.of(Carrier.COOKIE, Carrier.URL)) {
            for (Limpet limpet : List.of(Limpet.NONE, Limpet.FILTER)) {
                wars.put(IDLE + carrier.context(limpet), new ProbeWar(limpet, carrier.contextParamsWithoutLogin()));
            }
        }
        if (container == Container.UNDERTOW) { // the others let no application forward to another
            Carrier carrier = Carrier.COOKIE;
            wars.put(carrier.context(Limpet.NONE) + OTHER, new ProbeWar(Limpet.NONE, Map.of()));
            wars.put(carrier.context(Limpet.FILTER) + OTHER, new ProbeWar(Limpet.FILTER, Map.of()));
            // a member of its own would need an address of its own
            wars.put(carrier.context(Limpet.FAILOVER) + OTHER, new ProbeWar(Limpet.FILTER, Map.of()));
        }
        Node node = new Node(ROUTE, FreePorts.next(), FreePorts.next());
        return ProbeNode.start(container, node, WorkFolder.create(container + "-judge"), wars);
    }
}
