package io.limpet.proxy.peer;

import io.limpet.proxy.config.ListenAddress;
import io.limpet.proxy.node.NodeStates;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another proxy's admin listener: it gets all orders of this one, and answers with all of its own.
 *
 * <p>Any thread may call it, and nobody waits: of calls while a question is under way one more question comes.
 */
final class Peer {

    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ListenAddress address;
    private final HttpClient http;
    private final String token;
    private final NodeStates states;
    private final CountDownLatch asked = new CountDownLatch(1);
    private boolean underWay;
    private boolean again;
    private volatile @Nullable PeerView view;

    /** @param address an IP address: the other's guard answers to no names but its own */
    Peer(ListenAddress address, HttpClient http, String token, NodeStates states) {
        this.address = address;
        this.http = http;
        this.token = token;
        this.states = states;
    }

    PeerView view() {
        PeerView now = view;
        return now == null ? new PeerView(address.toString(), false, "it was not asked yet") : now;
    }

    /** Tells and asks, now or as soon as what is under way is over. */
    void exchange() {
        synchronized (this) {
            again = underWay;
            if (underWay) {
                return;
            }
            underWay = true;
        }
        send();
    }

    /** Whether the first question was over within this time. */
    boolean wasAskedWithin(long nanos) throws InterruptedException {
        return asked.await(nanos, TimeUnit.NANOSECONDS);
    }

    private void send() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/api/orders"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(OrderList.write(states.stampedOrders())))
                .build();
        var unused = http.sendAsync(request, BodyHandlers.ofString()).whenComplete(this::over);
    }

    private void over(@Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
        see(answer == null ? describe(failure) : hear(answer));
        asked.countDown();
        synchronized (this) {
            underWay = again;
            again = false;
            if (!underWay) {
                return;
            }
        }
        send();
    }

    private static String describe(@Nullable Throwable failure) {
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? String.valueOf(wrapped.getCause())
                : String.valueOf(failure);
    }

    /** Empty when all is well. */
    private String hear(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            return "it answers " + answer.statusCode() + (answer.statusCode() == 401 ? ": it has another token" : "");
        }
        try {
            states.take(OrderList.read(answer.body()));
            return "";
        } catch (IllegalArgumentException e) {
            return "its answer cannot be read: " + e.getMessage();
        }
    }

    private void see(String why) {
        PeerView before = view;
        view = new PeerView(address.toString(), why.isEmpty(), why);
        if (before != null && before.answers() == why.isEmpty()) {
            return;
        }
        if (why.isEmpty()) {
            LOG.info("the proxy at {} has this one's orders, and this one has its", address);
        } else {
            LOG.warn("the proxy at {} takes no orders: {}; it gets them when it answers", address, why);
        }
    }
}
