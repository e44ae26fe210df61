package io.limpet.shop;

/**
 * One thing that the shop sells.
 *
 * @param slug its place in addresses and the name of its picture, {@code [a-z-]+}
 * @param name what it is called on the page and in the basket
 * @param line one sentence that sells it
 * @param price what one costs
 * @param picture an {@code <svg>} element of our own, written into the page as it is
 */
public record Product(String slug, String name, String line, Price price, String picture) {}
