package io.limpet.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private final AtomicBoolean listens = new AtomicBoolean();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Timeline timeline = new Timeline(Clock.systemUTC(), event -> {
        if (listens.get()) {
            told.add(event.text());
        }
    });

    private void happens(String what) {
        timeline.reloaded(new ReloadOutcome(true, List.of(what)));
    }

    @Test
    void whatHappensWhileSomebodyBeginsToListenIsToldHimOnce() throws Exception {
        happens("before");
        Thread another = new Thread(() -> happens("meanwhile"));
        List<String> past = new ArrayList<>();
        timeline.replay(events -> {
            events.forEach(event -> past.add(event.text()));
            another.start();
            await().until(() ->
                    another.getState() == Thread.State.BLOCKED || another.getState() == Thread.State.TERMINATED);
            listens.set(true);
        });
        another.join(10_000);

        assertThat(past).containsExactly("the settings were read again: before");
        assertThat(told).containsExactly("the settings were read again: meanwhile");
    }
}
