package io.limpet.failover.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import java.time.Duration;
import java.util.EnumSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No acknowledged change is lost, no stale one is written over a newer one, no ended session comes back, and a session
 * has one owner: whatever happens, in whatever order.
 *
 * <p>A violation names its seed: {@code -Dlimpet.sim.seed=N} plays that run again. {@code -Dlimpet.sim.steps=N} plays
 * longer, and other runs each time; {@code -Pchaos} does.
 */
class SimulationTest {

    private static final long SHORT = 80_000;
    private static final long STEPS = Long.getLong("limpet.sim.steps", SHORT);
    private static final long MOST_STEPS_TO_FIND = 300_000;
    /** All that a session can be found as; the filter does not ask where nothing is replicated. */
    private static final Found[] FOUND =
            EnumSet.complementOf(EnumSet.of(Found.NOT_ASKED)).toArray(Found[]::new);

    /** Nor does anything change while it is written. */
    private static final SaveOutcome[] OUTCOMES =
            EnumSet.complementOf(EnumSet.of(SaveOutcome.BUSY)).toArray(SaveOutcome[]::new);

    private static final Logger LOG = Logger.getLogger("io.limpet.failover");

    private final Workers workers = new Workers();
    private final Coverage coverage = new Coverage();

    @BeforeEach
    void beQuiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterEach
    void speakAgain() {
        LOG.setLevel(null);
    }

    @Test
    void whateverHappensThePromisesAreKept() {
        Long seed = Long.getLong("limpet.sim.seed");
        if (seed != null) {
            for (Reach reach : Reach.values()) {
                Simulation.run(seed, Defect.NONE, reach, workers, coverage, new Trace(true));
            }
            return;
        }
        // the short version is the same each time: a build that fails now and then is trusted by nobody
        long first = STEPS == SHORT ? 0 : System.nanoTime();
        long begun = System.nanoTime();
        while (coverage.steps < STEPS) {
            Reach reach = coverage.runs % 2 == 0 ? Reach.FIRST : Reach.WIDE;
            Simulation.run(first + coverage.runs, Defect.NONE, reach, workers, coverage, new Trace(false));
        }
        double minutes = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 60_000.0;
        System.out.printf("simulated: %.1f million steps a minute; %s%n", coverage.steps / minutes / 1e6, coverage);
        assertThat(coverage.events).as(coverage.toString()).containsKeys("split in two", "kill in a half", "letsGo");
        assertThat(coverage.arrivals).as(coverage.toString()).containsKeys(FOUND);
        assertThat(coverage.outcomes).as(coverage.toString()).containsKeys(OUTCOMES);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                38152145845705L,
                40887278811363L,
                41243726817486L,
                46929863424370L,
                47596036948884L,
                48003625141237L
            })
    void whatOnceBrokeAPromiseKeepsIt(long seed) {
        Simulation.run(seed, Defect.NONE, Reach.FIRST, workers, coverage, new Trace(false));
    }

    @ParameterizedTest
    @EnumSource(value = Defect.class, mode = Mode.EXCLUDE, names = "NONE")
    void aPlantedDefectIsFound(Defect defect) {
        assertThatThrownBy(() -> {
                    while (coverage.steps < MOST_STEPS_TO_FIND) {
                        Simulation.run(coverage.runs, defect, Reach.FIRST, workers, coverage, new Trace(false));
                    }
                })
                .isInstanceOf(Violation.class);
    }
}
