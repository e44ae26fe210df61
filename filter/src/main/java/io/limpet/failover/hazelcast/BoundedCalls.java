package io.limpet.failover.hazelcast;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits for Hazelcast, but never long: a request thread that hangs in a store is an outage of the application. Past the
 * time-out the call goes on without anybody listening; the protocol makes that harmless.
 *
 * <p>Safe for use by any number of threads.
 */
final class BoundedCalls {

    private final Duration timeout;
    private final ClusterWatch watch;

    BoundedCalls(Duration timeout, ClusterWatch watch) {
        this.timeout = timeout;
        this.watch = watch;
    }

    /**
     * The result of an asynchronous call, which is only begun when the store may be asked at all.
     *
     * @throws StoreUnavailableException when there is none in time
     */
    <T> T await(Supplier<CompletionStage<T>> call) {
        try {
            long deadline = System.nanoTime() + timeout.toNanos();
            watch.awake().toCompletableFuture().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            refuseWhenClosed();
            T result = call.get().toCompletableFuture().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            refuseWhenClosed(); // what half a cluster answers while it falls apart may be gone when it heals
            watch.proof().toCompletableFuture().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return result;
        } catch (TimeoutException e) {
            throw failed("no answer within " + timeout.toMillis() + " ms; see whether a member hangs", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SplitBrainProtectionException) {
                throw failed("this half of the cluster has too few members; mend the network between them", e);
            }
            if (e.getCause() instanceof StoreUnavailableException known) {
                throw failed(String.valueOf(known.getMessage()), e);
            }
            throw failed("it failed: " + e.getCause() + "; see the log of the other members", e);
        } catch (LinkageError e) { // each request would be a 500 for it, and none is for a store that does not answer
            throw failed("it failed: " + e + "; use the Hazelcast that this Limpet was built with", e);
        } catch (HazelcastException | IllegalStateException | RejectedExecutionException e) {
            throw failed("it refused: " + e + "; this member is stopping or was cut off", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for the session store", e);
        }
    }

    private void refuseWhenClosed() {
        Optional<String> closed = watch.closedBecause();
        if (closed.isPresent()) {
            throw new StoreUnavailableException("the session store is closed: " + closed.get());
        }
    }

    private static StoreUnavailableException failed(String why, Throwable cause) {
        return new StoreUnavailableException("the session store did not answer: " + why, cause);
    }
}
