package io.limpet.demo;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits until a process does its work; any number of threads may wait. */
final class Readiness {

    /** What came of waiting. */
    enum Outcome {
        UP,
        ENDED,
        TOO_SLOW
    }

    private static final long BETWEEN_TWO_LOOKS_MS = 150;
    private static final Duration ONE_ANSWER = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Outcome await(Child child, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            if (isUp(child.launch())) {
                child.isUp();
                return Outcome.UP;
            }
            if (child.hasEndedWithin(BETWEEN_TWO_LOOKS_MS, TimeUnit.MILLISECONDS)) {
                return Outcome.ENDED;
            }
        }
        return Outcome.TOO_SLOW;
    }

    private boolean isUp(Launch launch) throws InterruptedException {
        HttpRequest question =
                HttpRequest.newBuilder(launch.ready()).timeout(ONE_ANSWER).build();
        try {
            HttpResponse<String> answer = http.send(question, BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains(launch.readyText());
        } catch (IOException e) {
            return false;
        }
    }
}
