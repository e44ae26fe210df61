package io.limpet.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One server after the other: three nodes of an application server fill the two cores that a test machine has. */
class ServerMatrixIT {

    private static final List<Recipe> ALL = List.of(
            new Tomcat("10.1"),
            new Tomcat("11"),
            new Jetty("ee10"),
            new Jetty("ee11"),
            new Undertow(),
            new WildFly(),
            new PayaraMicro(),
            new GlassFish(),
            new Liberty(),
            new TomEE());

    private static final List<Row> ROWS = new ArrayList<>();

    static Stream<String> servers() {
        String asked = System.getProperty("limpet.servers", "all");
        List<String> names = ALL.stream().map(Recipe::name).toList();
        return asked.equals("all")
                ? names.stream()
                : Arrays.stream(asked.split(",")).map(name -> known(name, names));
    }

    private static String known(String name, List<String> names) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("servers: '" + name + "' is none of " + String.join(", ", names));
        }
        return name;
    }

    @ParameterizedTest
    @MethodSource("servers")
    void keepsEveryPromise(String name) {
        Recipe recipe =
                ALL.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
        Row row = Row.of(recipe);
        ROWS.add(row);
        assertThat(row.unexplained()).isEmpty();
    }

    @AfterAll
    static void table() throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        System.out.println(
                Page.table(ROWS.stream().map(row -> Page.line(row, today)).toList()));
        Page page = new Page(Release.property("limpet.servers.rows"), Release.property("limpet.servers.page"));
        for (Row row : ROWS) {
            page.keep(row, today);
        }
        List<String> missing = page.write(ALL);
        if (!missing.isEmpty()) {
            System.out.println("the page is not written: not run yet are " + missing);
        }
    }
}
