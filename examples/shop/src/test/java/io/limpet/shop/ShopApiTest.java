package io.limpet.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.limpet.shop.ShopServer.Browser;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopApiTest {

    @TempDir
    private static Path work;

    private static ShopServer shop;

    private Browser browser;

    @BeforeAll
    static void open() {
        shop = new ShopServer(work, "");
    }

    @BeforeEach
    void arrive() {
        browser = shop.browser();
    }

    @AfterAll
    static void close() throws LifecycleException {
        shop.close();
    }

    @Test
    void theCartAnswersNodeSessionItemsAndVisitsInThisOrder() {
        HttpResponse<String> answer = browser.get("/api/cart");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body())
                .matches("\\{\"node\":\"n1\",\"session\":\"[0-9A-F]{8}\",\"items\":\\[],\"visits\":1}");
    }

    @Test
    void theSessionsCookieNamesTheNodeOnce() {
        assertThat(browser.get("/api/cart").headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .matches("JSESSIONID=[0-9A-F]{32}\\.n1; Path=/; HttpOnly");
        assertThat(browser.get("/api/cart").headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void whatWasAddedIsInTheCartAfterwardsInThatOrder() throws IOException {
        assertThat(items(browser.post("/api/cart?item=mug"))).containsExactly("mug");
        assertThat(items(browser.post("/api/cart?item=bucket"))).containsExactly("mug", "bucket");

        Map<String, Object> cart = object(browser.get("/api/cart"));
        assertThat(cart).containsEntry("items", List.of("mug", "bucket")).containsEntry("visits", 3);
    }

    @Test
    void visitorsDoNotSeeEachOthersCarts() throws IOException {
        browser.post("/api/cart?item=mug");

        assertThat(items(shop.browser().get("/api/cart"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a \"quoted\" \\ name",
                "</script><b>",
                "tab\tand\nline\u0000end",
                "Sou’wester ⚓ 🐚",
                "a&b=c;d+e%20f",
                "line\u2028separator"
            })
    void aNameMayBeAnyText(String name) throws IOException {
        HttpResponse<String> answer = browser.post("/api/cart?item=" + URLEncoder.encode(name, UTF_8));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(items(answer)).containsExactly(name);
    }

    @Test
    void anItemInTheBodyOfAFormCountsLikewise() throws IOException {
        assertThat(items(browser.submit("/api/cart", "item=sea+glass"))).containsExactly("sea glass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/cart", "/api/cart?item=", "/api/cart?item=+", "/api/login", "/api/login?user="})
    void aMissingNameIsRefusedWithTheReason(String path) throws IOException {
        HttpResponse<String> answer = browser.post(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(object(answer)).containsOnlyKeys("error");
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        assertThat(browser.post("/api/cart?item=" + "x".repeat(200)).statusCode())
                .isEqualTo(200);
        assertThat(browser.post("/api/cart?item=" + "x".repeat(201)).statusCode())
                .isEqualTo(400);
        assertThat(browser.post("/api/login?user=" + "x".repeat(61)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aFullCartAnswersConflictAndStaysAsItIs() throws IOException {
        for (int i = 0; i < Cart.MOST_ITEMS; i++) {
            browser.post("/api/cart?item=" + i);
        }

        assertThat(browser.post("/api/cart?item=more").statusCode()).isEqualTo(409);
        assertThat(items(browser.get("/api/cart"))).hasSize(Cart.MOST_ITEMS);
    }

    @Test
    void loggingInChangesTheSessionsIdAndKeepsTheCart() throws IOException {
        Map<String, Object> before = object(browser.post("/api/cart?item=mug"));

        Map<String, Object> after = object(browser.post("/api/login?user=Ishmael"));

        assertThat(after)
                .containsEntry("user", "Ishmael")
                .containsEntry("items", List.of("mug"))
                .containsEntry("visits", 2);
        assertThat(after.get("session")).isNotEqualTo(before.get("session"));
        assertThat(object(browser.get("/api/cart")))
                .containsEntry("user", "Ishmael")
                .containsEntry("session", after.get("session"));
    }

    @Test
    void loggingOutEndsTheSessionAndItsCart() throws IOException {
        browser.post("/api/cart?item=mug");

        HttpResponse<String> goodbye = browser.post("/api/logout");

        assertThat(goodbye.statusCode()).isEqualTo(200);
        assertThat(object(goodbye)).containsEntry("session", "").containsEntry("items", List.of());
        assertThat(object(browser.get("/api/cart")))
                .containsEntry("items", List.of())
                .containsEntry("visits", 1);
    }

    @Test
    void anUnknownPlaceOfTheApiAnswersInJson() throws IOException {
        assertThat(browser.get("/api/basket").statusCode()).isEqualTo(404);
        assertThat(object(browser.get("/api/basket"))).containsOnlyKeys("error");
        assertThat(browser.post("/api/cart/").statusCode()).isEqualTo(404);
    }

    private static Map<String, Object> object(HttpResponse<String> answer) throws IOException {
        return JSON.std.mapFrom(answer.body());
    }

    private static List<Object> items(HttpResponse<String> answer) throws IOException {
        return List.copyOf((List<?>) object(answer).get("items"));
    }
}
