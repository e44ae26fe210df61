package io.limpet.benchmark.choose;

import io.limpet.proxy.balance.Balancing;
import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.ForgedRoutes;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeChooser;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.Presented;
import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The node of one request, of few nodes and of many that are all up. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ChooserBenchmark {

    /** How many nodes. */
    @Param({"1", "10", "100", "1000"})
    public int nodes;

    private final NodeChooser chooser = new NodeChooser(
            new PlainRoutes(), Balancing.TWO_CHOICES.startingSlowly(Duration.ofSeconds(30)), new ForgedRoutes());
    private final Presented none = Presented.NOTHING;
    private Presented session = none;
    private Nodes all = Nodes.startingWith(List.of());

    /** The session is of the last node. */
    @Setup
    public void nodes() {
        all = Nodes.startingWith(IntStream.rangeClosed(1, nodes)
                .mapToObj(i -> new Node(new Route("n" + i), URI.create("http://127.0.0.1:" + (10_000 + i))))
                .toList());
        session = new Presented(List.of("4F2A8C01D7E94B63A5F0127C3B9E8D46.n" + nodes), List.of());
    }

    /** With a session whose owner is up. */
    @Benchmark
    public Choice owner() {
        return chooser.choose(session, all, List.of());
    }

    /** Without a session. */
    @Benchmark
    public Choice fresh() {
        return chooser.choose(none, all, List.of());
    }
}
