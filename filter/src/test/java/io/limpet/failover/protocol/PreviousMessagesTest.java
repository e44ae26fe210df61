package io.limpet.failover.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What members of each version of Limpet have ever sent each other, as it was sent then: during an upgrade those of two
 * versions do. These files are never changed; a new format brings new ones.
 */
class PreviousMessagesTest {

    private static final long THEN = 1_700_000_000_000L;
    private static final Route N1 = new Route("n1");
    private static final SessionMeta META = new SessionMeta(List.of("4F2A", "77B0"), THEN, THEN + 1_000, 1800);

    private static final Map<String, Change<?>> CHANGES = Map.of(
            "save",
            new Save(N1, 100, 6, 7, META, Map.of("cart", new byte[] {0, 1, 2, -1}), Set.of("user"), false),
            "save-whole",
            new Save(N1, 100, 0, 7, META, Map.of("cart", new byte[] {0, 1, 2, -1}), Set.of(), true),
            "claim",
            new Claim(new Route("n2"), 101, THEN),
            "end",
            new End(N1, 100, THEN),
            "point",
            new Point("4F2A", 1800));

    private static final Map<String, Answer<?>> ANSWERS = Map.ofEntries(
            Map.entry("elsewhere", new Answer.Elsewhere<>("4F2A")),
            Map.entry("unreadable", new Answer.Unreadable<>()),
            Map.entry("saved", new Answer.Given<>(SaveResult.SAVED)),
            Map.entry("save-fenced", new Answer.Given<>(SaveResult.FENCED)),
            Map.entry("save-ended", new Answer.Given<>(SaveResult.ENDED)),
            Map.entry("save-missing", new Answer.Given<>(SaveResult.MISSING)),
            Map.entry("claimed", new Answer.Given<>(new ClaimResult.Claimed(record(), "4F2A", N1))),
            Map.entry("claim-ended", new Answer.Given<>(new ClaimResult.Ended())),
            Map.entry("claim-missing", new Answer.Given<>(new ClaimResult.Missing())),
            Map.entry("ended", new Answer.Given<>(EndResult.ENDED)),
            Map.entry("ended-before", new Answer.Given<>(EndResult.ENDED_BEFORE)),
            Map.entry("end-fenced", new Answer.Given<>(EndResult.FENCED)),
            Map.entry("pointed", new Answer.Given<>(PointResult.POINTED)),
            Map.entry("occupied", new Answer.Given<>(PointResult.OCCUPIED)));

    private static SessionRecord record() {
        return new SessionRecord(
                new Route("n2"),
                101,
                0,
                META.ids(),
                META.creationTime(),
                META.lastAccess(),
                META.maxInactiveSeconds(),
                Map.of("cart", new StoredAttribute(new byte[] {0, 1, 2, -1}, new Stamp(100, 7))));
    }

    @Test
    void changesOfTheFirstFormatAreRead() throws Exception {
        Map<String, byte[]> sent = read("changes-format-1.txt");

        assertThat(sent).containsOnlyKeys(CHANGES.keySet());
        for (Map.Entry<String, byte[]> line : sent.entrySet()) {
            assertThat(ChangeFormat.decode(line.getValue()))
                    .as(line.getKey())
                    .usingRecursiveComparison()
                    .isEqualTo(CHANGES.get(line.getKey()));
        }
    }

    /** Members of the first Limpet read it, too. */
    @Test
    void whatIsSentIsStillTheFirstFormatToTheByte() throws Exception {
        for (Map.Entry<String, byte[]> line : read("changes-format-1.txt").entrySet()) {
            assertThat(ChangeFormat.encode(Objects.requireNonNull(CHANGES.get(line.getKey()))))
                    .as(line.getKey())
                    .isEqualTo(line.getValue());
        }
        for (Map.Entry<String, byte[]> line : read("answers-format-1.txt").entrySet()) {
            assertThat(AnswerFormat.encode(Objects.requireNonNull(ANSWERS.get(line.getKey()))))
                    .as(line.getKey())
                    .isEqualTo(line.getValue());
        }
    }

    @Test
    void answersOfTheFirstFormatAreRead() throws Exception {
        Map<String, byte[]> sent = read("answers-format-1.txt");

        assertThat(sent).containsOnlyKeys(ANSWERS.keySet());
        for (Map.Entry<String, byte[]> line : sent.entrySet()) {
            assertThat(AnswerFormat.decode(line.getValue(), Result.class))
                    .as(line.getKey())
                    .usingRecursiveComparison()
                    .isEqualTo(ANSWERS.get(line.getKey()));
        }
    }

    /** Each line a name and, behind a blank, the bytes in Base64. */
    private static Map<String, byte[]> read(String file) throws IOException {
        try (InputStream in = PreviousMessagesTest.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("no such file: " + file);
            }
            Map<String, byte[]> lines = new LinkedHashMap<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList()) {
                String[] nameAndBytes = line.split(" ", 2);
                lines.put(nameAndBytes[0], Base64.getDecoder().decode(nameAndBytes[1]));
            }
            return lines;
        }
    }
}
