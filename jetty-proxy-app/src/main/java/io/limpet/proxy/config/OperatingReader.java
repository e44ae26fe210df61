package io.limpet.proxy.config;

import io.limpet.proxy.node.LostOwner;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what is for operators. */
final class OperatingReader {

    private static final int MIN_TOKEN = 16;

    private final GivenSettings given;
    private final Mistakes mistakes;
    private final ValueReader values;

    OperatingReader(GivenSettings given, Mistakes mistakes) {
        this.given = given;
        this.mistakes = mistakes;
        this.values = new ValueReader(mistakes);
    }

    OperatingSettings read() {
        return new OperatingSettings(
                oneOf(LostOwner.values(), Setting.ON_LOST_OWNER),
                values.duration(given.one(Setting.DRAIN_DEADLINE)),
                admin(),
                new AccessLogSettings(
                        given.one(Setting.ACCESS_LOG).text(),
                        oneOf(AccessLogSettings.Format.values(), Setting.ACCESS_LOG_FORMAT)),
                values.yesOrNo(given.one(Setting.TRACING)));
    }

    private AdminSettings admin() {
        Given address = given.one(Setting.ADMIN);
        Optional<String> token = token();
        boolean off = address.text().equals("off");
        List<ListenAddress> peers = peers(off, token);
        return off
                ? new AdminSettings(Optional.empty(), true, token, peers)
                : new AdminSettings(
                        Optional.of(values.listenAddress(address)), given.isGiven(Setting.ADMIN), token, peers);
    }

    /** Orders go both ways, and both ways with the token. */
    private List<ListenAddress> peers(boolean off, Optional<String> token) {
        List<Given> all = given.all(Setting.ADMIN_PEERS);
        if (all.isEmpty()) {
            return List.of();
        }
        if (off) {
            mistakes.add(given.one(Setting.ADMIN), "leaves nothing that other proxies could tell", "127.0.0.1:9090");
        }
        if (token.isEmpty()) {
            mistakes.add(all.get(0).where()
                    + ": other proxies take no orders without a token; set LIMPET_ADMIN_TOKEN or admin-token, the same"
                    + " on all of them");
        }
        return all.stream()
                .flatMap(value -> Arrays.stream(value.text().split(",", -1))
                        .map(peer -> values.peerAddress(new Given(peer.strip(), value.where()))))
                .toList();
    }

    private Optional<String> token() {
        List<Given> all = given.all(Setting.ADMIN_TOKEN);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Given last = all.get(all.size() - 1);
        if (last.text().length() < MIN_TOKEN || !last.text().matches("[!-~]+")) {
            // without the value: logs are read by many
            mistakes.add(last.where() + ": a token has at least " + MIN_TOKEN
                    + " characters and no spaces; write what 'openssl rand -hex 24' says");
        }
        return Optional.of(last.text());
    }

    private <E extends Enum<E>> E oneOf(E[] choices, Setting setting) {
        Given value = given.one(setting);
        for (E choice : choices) {
            if (word(choice).equals(value.text())) {
                return choice;
            }
        }
        mistakes.add(
                value,
                "is none of the choices",
                Arrays.stream(choices).map(OperatingReader::word).collect(Collectors.joining("' or '")));
        return choices[0];
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
