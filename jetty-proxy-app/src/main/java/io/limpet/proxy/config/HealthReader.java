package io.limpet.proxy.config;

import io.limpet.proxy.node.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads how nodes are probed. */
final class HealthReader {

    private static final Pattern PATH = Pattern.compile("/[!-~&&[^?#;\\\\]]*");

    private final GivenSettings given;
    private final Mistakes mistakes;
    private final ValueReader values;

    HealthReader(GivenSettings given, Mistakes mistakes) {
        this.given = given;
        this.mistakes = mistakes;
        this.values = new ValueReader(mistakes);
    }

    HealthSettings read() {
        return new HealthSettings(
                kind(),
                method(),
                path(),
                expected(),
                values.duration(given.one(Setting.HEALTH_INTERVAL)),
                values.duration(given.one(Setting.HEALTH_TIMEOUT)),
                new Thresholds(
                        values.count(given.one(Setting.HEALTH_RISE)),
                        values.count(given.one(Setting.HEALTH_FALL)),
                        values.number(given.one(Setting.HEALTH_FAILURES), 0)));
    }

    private HealthSettings.Kind kind() {
        Given value = given.one(Setting.HEALTH_KIND);
        for (HealthSettings.Kind kind : HealthSettings.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(value.text())) {
                return kind;
            }
        }
        mistakes.add(value, "is no kind of health check", "status' or 'path");
        return HealthSettings.Kind.STATUS;
    }

    /** A probe comes every second: it must not change anything. */
    private String method() {
        Given value = given.one(Setting.HEALTH_METHOD);
        if (!List.of("GET", "HEAD", "OPTIONS").contains(value.text())) {
            mistakes.add(value, "is no method for a probe", "GET', 'HEAD' or 'OPTIONS");
        }
        return value.text();
    }

    private String path() {
        Given value = given.one(Setting.HEALTH_PATH);
        if (!PATH.matcher(value.text()).matches()) {
            mistakes.add(value, "is no path", Setting.HEALTH_PATH.fallback());
        }
        return value.text();
    }

    private List<StatusRange> expected() {
        List<StatusRange> ranges = new ArrayList<>();
        for (Given value : given.all(Setting.HEALTH_EXPECT)) {
            for (String text : value.text().split(",", -1)) {
                StatusRange.parse(text.strip())
                        .ifPresentOrElse(
                                ranges::add,
                                () -> mistakes.add(value, "has no status code in it", "200,204' or '200-399"));
            }
        }
        return ranges;
    }
}
