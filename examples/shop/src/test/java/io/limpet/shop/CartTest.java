package io.limpet.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.shop.Cart.Added;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CartTest {

    private final Cart cart = new Cart();

    @Test
    void itemsKeepTheOrderInWhichTheyWereAdded() {
        cart.add("mug");
        cart.add("bucket");
        cart.add("mug");

        assertThat(cart.items()).containsExactly("mug", "bucket", "mug");
    }

    @Test
    void removingTakesTheLastItemOfThatName() {
        List.of("mug", "bucket", "mug", "jersey").forEach(cart::add);

        cart.remove("mug");
        cart.remove("no such thing");

        assertThat(cart.items()).containsExactly("mug", "bucket", "jersey");
    }

    @Test
    void aNameIsNeitherBlankNorLongerThanTheLimit() {
        assertThat(cart.add("")).isEqualTo(Added.NAMELESS);
        assertThat(cart.add(" \t\n")).isEqualTo(Added.NAMELESS);
        assertThat(cart.add("x".repeat(Cart.LONGEST_NAME))).isEqualTo(Added.YES);
        assertThat(cart.add("x".repeat(Cart.LONGEST_NAME + 1))).isEqualTo(Added.NAME_TOO_LONG);
        assertThat(cart.items()).hasSize(1);
    }

    @Test
    void aFullCartTakesNothingMoreUntilSomethingIsTakenOut() {
        IntStream.range(0, Cart.MOST_ITEMS).forEach(i -> cart.add("item " + i));

        assertThat(cart.add("one more")).isEqualTo(Added.FULL);
        cart.remove("item 0");
        assertThat(cart.add("one more")).isEqualTo(Added.YES);
    }

    @Test
    void theItemsThatWereHandedOutDoNotChangeLater() {
        cart.add("mug");
        List<String> before = cart.items();

        cart.empty();

        assertThat(before).containsExactly("mug");
        assertThat(cart.items()).isEmpty();
    }

    @Test
    void parallelRequestsLoseNothingWhileTheCartIsBeingWritten() throws Exception {
        ExecutorService requests = Executors.newFixedThreadPool(4);
        IntStream.range(0, 400).forEach(i -> requests.execute(() -> cart.add("item " + i)));
        while (!requests.isTerminated()) {
            requests.shutdown();
            assertThat(copy(cart).items()).doesNotHaveDuplicates();
            requests.awaitTermination(1, TimeUnit.MILLISECONDS);
        }

        assertThat(copy(cart).items()).hasSize(400).containsExactlyElementsOf(cart.items());
    }

    private static Cart copy(Cart cart) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(cart);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Cart) in.readObject();
        }
    }
}
