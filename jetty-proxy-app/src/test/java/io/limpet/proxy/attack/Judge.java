package io.limpet.proxy.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what a client has sent with what reached the origin and with what came back.
 *
 * <p>Each request at the origin has to be one of the client's, in their order, with the same meaning; what the client
 * sent behind something malformed has to be nowhere; and each answer of the origin has to belong to the request that the
 * client takes it for.
 */
final class Judge {

    /** What a proxy may answer of its own besides 4xx (RFC 9110 §15.6.2, §15.6.6). */
    private static final Set<Integer> OWN = Set.of(501, 505);

    private final List<Seen> client;
    private final List<Seen> before;
    private final List<Seen> origin;
    private final List<Answer> answers;
    private final int firstNumber;
    private final List<Finding> findings = new ArrayList<>();

    private Judge(List<Seen> client, List<Seen> before, List<Seen> origin, List<Answer> answers, int firstNumber) {
        this.client = client;
        this.before = before;
        this.origin = origin;
        this.answers = answers;
        this.firstNumber = firstNumber;
    }

    /**
     * Judges one attack.
     *
     * @param client what it is
     * @param before what came before it on another connection; the head of a request that was given up may still be on
     *     its way
     * @param origin what reached the origin meanwhile
     * @param firstNumber the number of the first request of the origin's
     */
    static Judge of(List<Seen> client, List<Seen> before, List<Seen> origin, List<Answer> answers, int firstNumber) {
        return new Judge(client, before, origin, answers, firstNumber);
    }

    /** What is wrong; nothing when all is well. */
    List<Finding> findings(Attack attack) {
        List<Seen> arrived = origin.stream().filter(seen -> !isLate(seen)).toList();
        compareRequests(arrived);
        checkAnswers();
        checkMarks(attack, arrived);
        return findings;
    }

    private boolean isLate(Seen arrived) {
        return arrived.state() == Seen.State.TRUNCATED
                && before.stream()
                        .anyMatch(earlier -> differences(earlier, arrived).isEmpty());
    }

    private void compareRequests(List<Seen> arrivals) {
        int next = 0;
        for (Seen arrived : arrivals) {
            if (arrived.state() == Seen.State.MALFORMED || arrived.head().isEmpty()) {
                add(Finding.Kind.AMBIGUOUS, arrived.why() + " " + arrived.head());
                continue;
            }
            Head head = arrived.head().get();
            findings.addAll(OriginRules.brokenBy(head, arrived.body()));
            int match = next;
            while (match < client.size()
                    && !differences(client.get(match), arrived).isEmpty()) {
                match++;
            }
            if (match < client.size()) {
                next = match + 1;
            } else if (next < client.size()) {
                add(Finding.Kind.CHANGED, differences(client.get(next), arrived) + " in " + head);
            } else {
                add(Finding.Kind.UNASKED, head.toString());
            }
        }
    }

    private static List<String> differences(Seen sent, Seen arrived) {
        Optional<Head> asked = sent.head();
        if (asked.isEmpty()) {
            return List.of("a request where there is none: " + sent.why());
        }
        if (arrived.state() == Seen.State.COMPLETE && sent.state() != Seen.State.COMPLETE) {
            return List.of("a whole request where there is none: " + sent.why());
        }
        return arrived.head()
                .map(head -> Meaning.differences(asked.get(), sent.body(), head, arrived))
                .orElse(List.of("no head"));
    }

    private void checkAnswers() {
        int complete = 0;
        for (Seen sent : client) {
            complete += sent.state() == Seen.State.COMPLETE ? 1 : 0;
        }
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            boolean own = answer.arrival().isEmpty();
            if (own && (answer.status() < 400 || answer.status() >= 500) && !OWN.contains(answer.status())) {
                add(Finding.Kind.WRONG_ANSWER, "status " + answer.status());
            }
            if (!own && (i >= complete || !isFor(i, answer.arrival().getAsInt() - firstNumber))) {
                add(Finding.Kind.WRONG_ANSWER, "answer " + i + " is one to request " + answer.arrival());
            }
        }
        if (answers.size() > client.size()) {
            add(Finding.Kind.WRONG_ANSWER, answers.size() + " answers to " + client.size() + " requests");
        }
    }

    private boolean isFor(int asked, int arrived) {
        return arrived >= 0
                && arrived < origin.size()
                && differences(client.get(asked), origin.get(arrived)).isEmpty();
    }

    private void checkMarks(Attack attack, List<Seen> arrivals) {
        boolean served = !answers.isEmpty() && answers.get(0).arrival().isPresent();
        if (attack.marks().contains(Attack.Mark.REFUSED) && (served || arrivals.size() > client.size() - 1)) {
            add(Finding.Kind.UNEXPECTED, "it was forwarded: " + arrivals);
        }
        if (attack.marks().contains(Attack.Mark.PASSES)
                && (arrivals.size() != client.size()
                        || answers.stream().anyMatch(answer -> answer.arrival().isEmpty()))) {
            add(Finding.Kind.UNEXPECTED, "it was not served: " + answers + " " + client);
        }
    }

    private void add(Finding.Kind kind, String detail) {
        findings.add(new Finding(kind, detail));
    }
}
