package io.limpet.proxy.config;

import io.limpet.proxy.balance.Balancing;
import io.limpet.proxy.node.PathPattern;
import io.limpet.proxy.node.TakeoverRate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads which node a request goes to that no session binds. */
final class BalanceReader {

    private static final int SHORTEST_TOKEN = 16;
    private static final int HIGHEST_REBALANCE = 1_000;

    private final GivenSettings given;
    private final Mistakes mistakes;
    private final ValueReader values;

    BalanceReader(GivenSettings given, Mistakes mistakes) {
        this.given = given;
        this.mistakes = mistakes;
        this.values = new ValueReader(mistakes);
    }

    BalanceSettings read() {
        return new BalanceSettings(
                way(),
                values.durationOrNone(given.one(Setting.SLOW_START)),
                new TakeoverRate(
                        values.number(given.one(Setting.TAKEOVER_RATE), 0),
                        values.duration(given.one(Setting.TAKEOVER_WAIT))),
                rebalance(),
                ignored(),
                testerToken());
    }

    private int rebalance() {
        Given value = given.one(Setting.REBALANCE_RATE);
        int rate = values.number(value, 0);
        if (rate > HIGHEST_REBALANCE) {
            mistakes.add(value, "is too much for one proxy to remember", "0' to '" + HIGHEST_REBALANCE);
        }
        return Math.min(HIGHEST_REBALANCE, rate);
    }

    private Balancing way() {
        Given value = given.one(Setting.BALANCE);
        for (Balancing way : Balancing.values()) {
            if (way.toString().equals(value.text())) {
                return way;
            }
        }
        mistakes.add(
                value,
                "is no way to balance",
                Arrays.stream(Balancing.values()).map(Balancing::toString).collect(Collectors.joining("' or '")));
        return Balancing.TWO_CHOICES;
    }

    private List<PathPattern> ignored() {
        List<PathPattern> patterns = new ArrayList<>();
        for (Given value : given.all(Setting.IGNORE)) {
            for (String text : value.text().split(",", -1)) {
                try {
                    patterns.add(new PathPattern(text.strip()));
                } catch (IllegalArgumentException e) {
                    mistakes.add(value.where() + ": " + e.getMessage());
                }
            }
        }
        return patterns;
    }

    private Optional<String> testerToken() {
        List<Given> all = given.all(Setting.TESTER_TOKEN);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Given last = all.get(all.size() - 1);
        if (last.text().length() < SHORTEST_TOKEN || !last.text().matches("[A-Za-z0-9._~+/=-]+")) {
            // without the value: logs are read by many
            mistakes.add(last.where() + ": a token has at least " + SHORTEST_TOKEN
                    + " characters of [A-Za-z0-9._~+/=-]; write what 'openssl rand -hex 24' says");
        }
        return Optional.of(last.text());
    }
}
