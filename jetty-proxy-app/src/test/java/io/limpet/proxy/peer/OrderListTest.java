package io.limpet.proxy.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.limpet.proxy.node.Order;
import io.limpet.proxy.node.Ordered;
import io.limpet.proxy.node.Stamp;
import io.limpet.proxy.node.StampedOrder;
import io.limpet.route.Route;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderListTest {

    @Test
    void whatIsWrittenIsReadTheSame() {
        List<StampedOrder> orders = List.of(
                new StampedOrder(
                        new Ordered(new Route("n1"), "/shop", Order.DRAINING, Duration.ofMinutes(30)),
                        new Stamp(1_790_000_000_000L, "one")),
                new StampedOrder(
                        new Ordered(new Route("n2"), "", Order.READY, Duration.ofSeconds(5)), new Stamp(2, "other")));

        assertThat(OrderList.read(OrderList.write(orders))).isEqualTo(orders);
        assertThat(OrderList.read(OrderList.write(List.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"orders\": {}}",
                "{\"orders\": [{}]}",
                "{\"orders\": [{\"node\": \"n 1\", \"state\": \"ready\", \"time\": 1, \"by\": \"a\"}]}",
                "{\"orders\": [{\"node\": \"n1\", \"state\": \"off\", \"time\": 1, \"by\": \"a\"}]}",
                "{\"orders\": [{\"node\": \"n1\", \"state\": \"ready\", \"by\": \"a\"}]}",
                "{\"orders\": [{\"node\": \"n1\", \"state\": \"ready\", \"time\": 9223372036854775807, \"by\": \"a\"}]}",
                "{\"orders\": [{\"node\": \"n1\", \"state\": \"ready\", \"time\": 1}]}",
                "{\"orders\": [{\"node\": \"n1\", \"context\": \"shop\", \"state\": \"ready\", \"time\": 1, \"by\": \"a\"}]}"
            })
    void whatIsNoListOfOrdersIsRefusedAsAWhole(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> OrderList.read(text));
    }
}
