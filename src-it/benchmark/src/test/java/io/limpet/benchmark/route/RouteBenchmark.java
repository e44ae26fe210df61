package io.limpet.benchmark.route;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import io.limpet.route.SealedRoutes;
import io.limpet.route.Secret;
import io.limpet.route.Tagged;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A route read from and written behind a value as Tomcat makes them, of three known nodes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class RouteBenchmark {

    private static final String VALUE = "4F2A8C01D7E94B63A5F0127C3B9E8D46";
    private static final Route NODE = new Route("n2");
    private static final List<Route> NODES = List.of(new Route("n1"), NODE, new Route("n3"));
    private static final List<Secret> SECRETS =
            List.of(new Secret("the secret that signs now"), new Secret("the secret of last month"));

    private final RouteCodec plain = new PlainRoutes();
    private final RouteCodec sealed = new SealedRoutes(SECRETS, NODES);

    private final String tagged = plain.tag(VALUE, NODE);
    private final String sealedNow = sealed.tag(VALUE, NODE);
    private final String sealedBefore = new SealedRoutes(SECRETS.subList(1, 2), NODES).tag(VALUE, NODE);
    private final String forged =
            sealedNow.substring(0, sealedNow.length() - 1) + (sealedNow.endsWith("A") ? 'B' : 'A');

    /** In clear text: read. */
    @Benchmark
    public Optional<Tagged> plainDecode() {
        return plain.decode(tagged);
    }

    /** In clear text: written. */
    @Benchmark
    public String plainTag() {
        return plain.tag(VALUE, NODE);
    }

    /** Sealed with the secret that signs: read and verified. */
    @Benchmark
    public Optional<Tagged> sealedDecode() {
        return sealed.decode(sealedNow);
    }

    /** Sealed with the other active secret: read and verified. */
    @Benchmark
    public Optional<Tagged> sealedDecodeOlderSecret() {
        return sealed.decode(sealedBefore);
    }

    /** Made up by a client: seen to be. */
    @Benchmark
    public boolean sealedForged() {
        return sealed.isForged(forged);
    }

    /** Sealed: written. */
    @Benchmark
    public String sealedTag() {
        return sealed.tag(VALUE, NODE);
    }
}
