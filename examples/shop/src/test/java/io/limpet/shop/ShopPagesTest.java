package io.limpet.shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.shop.ShopServer.Browser;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopPagesTest {

    @TempDir
    private static Path work;

    private static ShopServer shop;

    private Browser browser;

    // not at the root, so that a link which forgets the context path is found
    @BeforeAll
    static void open() {
        shop = new ShopServer(work, "/shop");
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
    void theFootTellsNodeSessionAndVisits() {
        browser.get("/shop/");

        String page = browser.get("/shop/").body();

        assertThat(page).containsPattern("Served by <b class=\"node colour-\\d\">n1</b>");
        assertThat(page).containsPattern("session <code>[0-9A-F]{8}</code>");
        assertThat(page).contains("visits <b>2</b>");
    }

    @Test
    void everyProductHasItsPictureAndAFormThatWorksWithoutScript() {
        String page = browser.get("/shop/").body();

        assertThat(page.split("<article", -1)).hasSize(1 + Catalogue.shelf().size());
        assertThat(page.split("action=\"/shop/cart\"", -1))
                .hasSize(1 + Catalogue.shelf().size());
        assertThat(page).doesNotContain("<script").contains("Enamel mug").contains("€11.00");
    }

    @Test
    void aFormIsAnsweredByARedirectionToTheProduct() {
        HttpResponse<String> answer = browser.submit("/shop/cart", "action=add&back=shelf&item=Enamel+mug");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/shop/#enamel-mug");
        assertThat(browser.get("/shop/").body()).contains("1 in basket");
    }

    @Test
    void theBasketShowsEqualThingsOnOneLineWithTheTotal() {
        browser.submit("/shop/cart", "action=add&item=Enamel+mug");
        browser.submit("/shop/cart", "action=add&item=Enamel+mug");
        browser.submit("/shop/cart", "action=add&item=Sea+glass");
        browser.submit("/shop/cart", "action=remove&item=Sea+glass");

        String page = browser.get("/shop/cart").body();

        assertThat(page).contains("€22.00").contains("<span>2</span>").doesNotContain("Sea glass");
    }

    @Test
    void orderingEmptiesTheBasketAndSaysThanks() {
        browser.submit("/shop/cart", "action=add&item=Enamel+mug");

        HttpResponse<String> answer = browser.submit("/shop/cart", "action=order");

        assertThat(answer.headers().firstValue("Location")).hasValue("/shop/cart?ordered");
        assertThat(browser.get("/shop/cart?ordered").body())
                .contains("Thank you")
                .doesNotContain("Enamel mug");
    }

    @Test
    void whatAVisitorWritesIsShownAsTextAndNeverAsMarkup() {
        String hostile = "\"><img src=x onerror=alert(1)>";
        browser.post("/shop/api/cart?item=" + URLEncoder.encode(hostile, UTF_8));
        browser.submit("/shop/login", "user=" + URLEncoder.encode("<i>Ahab</i>", UTF_8));

        HttpResponse<String> page = browser.get("/shop/cart");

        assertThat(page.body()).doesNotContain("<img").doesNotContain("<i>").contains("&lt;i&gt;Ahab&lt;");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
    }

    @Test
    void loggingInAndOutChangesTheHead() {
        assertThat(browser.submit("/shop/login", "user=").statusCode()).isEqualTo(400);
        assertThat(browser.submit("/shop/login", "user=Ishmael").statusCode()).isEqualTo(303);
        assertThat(browser.get("/shop/").body()).contains("Hello, <b>Ishmael</b>");

        assertThat(browser.submit("/shop/logout", "").statusCode()).isEqualTo(303);

        assertThat(browser.get("/shop/").body()).doesNotContain("Ishmael").contains("Log in");
    }

    @Test
    void anErrorIsShownInTheShopsOwnWordsAndBeginsNoSession() {
        HttpResponse<String> page = browser.get("/shop/no/such/page");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("Nothing on this stretch of shore").doesNotContain("Tomcat");
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void aFormThatMakesNoSenseIsRefused() {
        assertThat(browser.submit("/shop/cart", "action=sink").statusCode()).isEqualTo(400);
        assertThat(browser.submit("/shop/cart", "action=add").statusCode()).isEqualTo(400);
        assertThat(browser.get("/shop/logout").statusCode()).isEqualTo(405);
    }

    @Test
    void theStyleSheetIsServedAsOne() {
        HttpResponse<String> sheet = browser.get("/shop/shop.css");

        assertThat(sheet.statusCode()).isEqualTo(200);
        assertThat(sheet.headers().firstValue("Content-Type").orElse("")).startsWith("text/css");
    }
}
