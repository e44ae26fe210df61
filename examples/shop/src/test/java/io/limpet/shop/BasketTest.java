package io.limpet.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.shop.Basket.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class BasketTest {

    @Test
    void equalItemsShareALineInTheOrderOfTheFirst() {
        Basket basket = Basket.of(List.of("Enamel mug", "Sea glass", "Enamel mug"));

        assertThat(basket.lines()).extracting(Line::name).containsExactly("Enamel mug", "Sea glass");
        assertThat(basket.lines()).extracting(Line::count).containsExactly(2, 1);
        assertThat(basket.count()).isEqualTo(3);
        assertThat(basket.countOf("Enamel mug")).isEqualTo(2);
        assertThat(basket.countOf("Storm lantern")).isZero();
    }

    @Test
    void theTotalIsTheSumOfTheLines() {
        Basket basket = Basket.of(List.of("Enamel mug", "Sea glass", "Enamel mug"));

        assertThat(basket.total()).hasToString("€29.00");
    }

    @Test
    void whatTheShopDoesNotSellCostsNothing() {
        Basket basket = Basket.of(List.of("an old boot"));

        assertThat(basket.lines()).extracting(Line::sold).containsExactly(false);
        assertThat(basket.total()).isEqualTo(Price.NOTHING);
    }
}
