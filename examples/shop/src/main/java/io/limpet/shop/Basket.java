package io.limpet.shop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cart as the page shows it: equal items on one line, with prices.
 *
 * @param lines one for each name, in the order in which the first of each was added
 * @param count the number of items on all lines
 * @param total what they cost together
 */
record Basket(List<Line> lines, int count, Price total) {

    /**
     * Equal items.
     *
     * @param name what they are called
     * @param count how many there are, from 1
     * @param cost what they cost together
     * @param picture an {@code <svg>} element
     * @param sold false for a thing that is not in the catalogue, which only the API can add; it costs nothing
     */
    record Line(String name, int count, Price cost, String picture, boolean sold) {}

    static Basket of(List<String> items) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        items.forEach(item -> counts.merge(item, 1, Integer::sum));
        List<Line> lines = new ArrayList<>();
        Price total = Price.NOTHING;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            Line line = line(entry.getKey(), entry.getValue());
            lines.add(line);
            total = total.plus(line.cost());
        }
        return new Basket(List.copyOf(lines), items.size(), total);
    }

    /** How many items of that name there are. */
    int countOf(String name) {
        return lines.stream()
                .filter(line -> line.name().equals(name))
                .mapToInt(Line::count)
                .sum();
    }

    private static Line line(String name, int count) {
        Optional<Product> product = Catalogue.find(name);
        return new Line(
                name,
                count,
                product.map(Product::price).orElse(Price.NOTHING).times(count),
                product.map(Product::picture).orElse(Catalogue.STRANGE_PICTURE),
                product.isPresent());
    }
}
