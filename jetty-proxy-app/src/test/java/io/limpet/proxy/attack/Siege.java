package io.limpet.proxy.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Attacks one proxy, one attack after the other, and judges each. After each, an honest request has to be served.
 *
 * <p>Not safe for use by several threads: what reaches the origin is taken for the running attack's.
 */
public final class Siege {

    private static final List<String> FAMILIES = List.of(
            "lengths",
            "codings",
            "chunks",
            "request-lines",
            "fields",
            "hosts",
            "paths",
            "private-paths",
            "identity",
            "connections",
            "methods",
            "trailers",
            "sizes");

    private static final Attack HONEST = new Attack(
            "honest request",
            "RFC 9110",
            EnumSet.of(Attack.Mark.PASSES, Attack.Mark.ALONE),
            "GET /honest HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n");

    private final int port;
    private final RecordingOrigin origin;
    private List<Seen> before = List.of();

    /** Attacks the proxy at this port of this machine, before this origin. */
    public Siege(int port, RecordingOrigin origin) {
        this.port = port;
        this.origin = origin;
    }

    /** All there are. */
    public static List<Attack> all() {
        return FAMILIES.stream().flatMap(Siege::family).toList();
    }

    private static Stream<Attack> family(String name) {
        return AttackFile.read(name).stream();
    }

    /** What is wrong with the way in which this attack, and an honest request after it, is treated. */
    public List<Finding> findings(Attack attack) {
        List<Finding> own = ask(attack, before);
        before = Seen.in(attack.bytes());
        List<Finding> behind = ask(HONEST, before);
        return Stream.concat(
                        own.stream(),
                        behind.stream().map(finding -> new Finding(finding.kind(), "afterwards, " + finding.detail())))
                .toList();
    }

    private List<Finding> ask(Attack attack, List<Seen> late) {
        int first = origin.count();
        List<Seen> client = Seen.in(attack.bytes());
        try {
            List<Answer> answers = AttackClient.send(port, attack.bytes(), client);
            return Judge.of(client, late, origin.since(first), answers, first).findings(attack);
        } catch (IOException e) {
            throw new UncheckedIOException(attack.toString(), e);
        }
    }
}
