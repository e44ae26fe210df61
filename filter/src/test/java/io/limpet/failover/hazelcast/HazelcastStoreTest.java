package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreState;
import java.io.Serializable;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The store over three real members inside this process. */
class HazelcastStoreTest implements HazelcastStoreContract {

    private static final Cluster cluster = new Cluster(3);

    /** A class that an attacker would like to see instantiated. */
    private record Gadget(String payload) implements Serializable {}

    @Override
    public SessionStore node(int number) {
        return cluster.store(number - 1);
    }

    @Override
    public IMap<String, byte[]> map() {
        return cluster.map(0);
    }

    @BeforeAll
    static void start() {
        cluster.startAll();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void theStoreIsHealthyOnceThereIsASecondMemberAndTheCopiesAreMade() {
        await().atMost(Duration.ofSeconds(10)).until(() -> node(1).state() == StoreState.HEALTHY);
    }

    @Test
    void membersInstantiateNoClassesOfOthersFromBytes() {
        cluster.instance(0).getMap("other").set("gadget", new Gadget("x"));

        assertThatThrownBy(() -> cluster.instance(0).getMap("other").get("gadget"))
                .isInstanceOf(HazelcastSerializationException.class)
                .hasStackTraceContaining("not allowed");
    }

    @Test
    void everySocketListensOnLoopback() {
        assertThat(ListeningSockets.ofThisProcess())
                .isNotEmpty()
                .allSatisfy(address -> assertThat(address.isLoopbackAddress())
                        .as("%s", address)
                        .isTrue());
    }
}
