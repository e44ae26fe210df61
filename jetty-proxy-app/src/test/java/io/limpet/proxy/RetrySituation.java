package io.limpet.proxy;

import static org.awaitility.Awaitility.await;

import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeState;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/** A row of the retry table: what is wrong with the session's node n1. Its label is what the table says. */
enum RetrySituation {
    CONNECT_REFUSED("refuses the connection"),
    CONNECT_TIMED_OUT("does not answer the connect"),
    CLOSED_BEFORE("has closed the pooled connection"),
    RESET_BEFORE("has reset the pooled connection"),
    RESET_IN_HANDSHAKE(
            "resets a new connection in its TLS handshake, before the request is sent", NodeFault.RESET_IN_HANDSHAKE),
    STALE("resets a pooled connection as the request arrives", NodeFault.RESET_ON_ARRIVAL),
    STALE_WITHOUT_SESSION(
            "resets a pooled connection as the request arrives, which has no session", NodeFault.RESET_ON_ARRIVAL),
    RESET_ON_ARRIVAL("resets a new connection as the request arrives", NodeFault.RESET_ON_ARRIVAL),
    RESET_IN_REQUEST("resets a new connection in the middle of the request's body", NodeFault.RESET_IN_REQUEST),
    RESET_BEHIND_REQUEST("resets a new connection behind the whole request", NodeFault.RESET_BEHIND_REQUEST),
    SILENT("is silent", NodeFault.SILENCE),
    END_IN_HEAD("breaks off in the response's head", NodeFault.END_IN_HEAD),
    END_IN_BODY("breaks off in the response's body", NodeFault.END_IN_BODY),
    STATUS_500("answers 500", NodeFault.STATUS_500),
    STATUS_503("answers 503", NodeFault.STATUS_503),
    DOWN("is known to be down"),
    DRAINING("drains"),
    DRAINING_WITHOUT_SESSION("drains, and the request has no session"),
    DRAINING_WITH_LOST_SESSION("drains, and does not have the session", NodeFault.SESSION_LOST),
    APPLICATION_GONE("answers 404, and does not have the application any more", NodeFault.APPLICATION_GONE),
    APPLICATION_UNTOLD("answers 404, and has not told of the application as others have", NodeFault.APPLICATION_GONE),
    UNKNOWN_ROUTE("is unknown: no such route"),
    ALL_RESET("resets a new connection behind the whole request, as all nodes do", NodeFault.RESET_BEHIND_REQUEST),
    ALL_REFUSE("refuses the connection, as all nodes do");

    private final String label;
    private final NodeFault fault;

    RetrySituation(String label) {
        this(label, NodeFault.NONE);
    }

    RetrySituation(String label, NodeFault fault) {
        this.label = label;
        this.fault = fault;
    }

    /** Whether there is no such thing for this request: it, or its answer, has no body. */
    boolean isImpossibleFor(RetryRequest request) {
        return (this == RESET_IN_REQUEST && !request.hasBody())
                || (this == END_IN_BODY && request == RetryRequest.HEAD);
    }

    /**
     * Whether it is spoken to over TLS. In the clear the request leaves right behind the connect, and nobody knows whether
     * a reset came before it; here there is a handshake in between.
     */
    boolean isOverTls() {
        return this == RESET_IN_HANDSHAKE;
    }

    String stateOfFirst() {
        return isDraining() ? "draining" : "ready";
    }

    private boolean isDraining() {
        return this == DRAINING || this == DRAINING_WITHOUT_SESSION || this == DRAINING_WITH_LOST_SESSION;
    }

    /** Whether the nodes' statuses tell which applications they have. */
    boolean tellsOfApplications() {
        return this == APPLICATION_GONE || this == APPLICATION_UNTOLD;
    }

    /** The applications of which n1 tells, if it tells of any. */
    String[] applicationsOfFirst() {
        return this == APPLICATION_UNTOLD
                ? new String[] {FaultyNode.OTHER}
                : new String[] {RetryRequest.APPLICATION, FaultyNode.OTHER};
    }

    String cookie() {
        return switch (this) {
            case DRAINING_WITHOUT_SESSION, STALE_WITHOUT_SESSION -> "";
            case UNKNOWN_ROUTE -> "Cookie: JSESSIONID=4F2A.n9\r\n";
            default -> "Cookie: JSESSIONID=4F2A.n1\r\n";
        };
    }

    /** How much n1 is given beside n2: it gets what has no session where that is to meet it. */
    int weightOfFirst() {
        return this == STALE_WITHOUT_SESSION ? 100 : Node.NORMAL;
    }

    /** How long a node may take to answer a connect. */
    Duration connect() {
        return this == CONNECT_TIMED_OUT ? Duration.ofMillis(300) : Duration.ofSeconds(20);
    }

    /** How long a node may be silent. */
    Duration idle() {
        return this == SILENT ? Duration.ofMillis(200) : Duration.ofSeconds(20);
    }

    /** Brings it about; both nodes were probed and are well. */
    void arrange(FaultyNode n1, FaultyNode n2, TestProxy proxy) throws IOException, InterruptedException {
        switch (this) {
            case CONNECT_REFUSED -> n1.refuse();
            case CONNECT_TIMED_OUT -> {
                // n2 need not be connected: on a busy machine that, too, may take longer than this row allows
                proxy.get("/", "Cookie: JSESSIONID=4F2A.n2");
                n1.ignoreConnects();
            }
            case CLOSED_BEFORE -> {
                n1.treatNext(NodeFault.END_BEHIND_ANSWER);
                proxy.get("/", "Cookie: JSESSIONID=4F2A.n1");
                soon().until(() -> n1.openConnections() == 0);
            }
            case STALE, STALE_WITHOUT_SESSION -> proxy.get("/", "Cookie: JSESSIONID=4F2A.n1");
            case RESET_BEFORE -> {
                proxy.get("/", "Cookie: JSESSIONID=4F2A.n1");
                n1.resetConnections();
                soon().until(() -> n1.openConnections() == 0);
            }
            case DOWN -> {
                n1.refuse();
                proxy.get("/", "Cookie: JSESSIONID=4F2A.n1");
                soon().until(() -> proxy.state(n1.node()) == NodeState.DOWN);
            }
            case DRAINING, DRAINING_WITHOUT_SESSION, DRAINING_WITH_LOST_SESSION ->
                soon().until(() -> proxy.state(n1.node()) == NodeState.DRAINING);
            // a probe that was answered is not heard of yet
            case APPLICATION_GONE, APPLICATION_UNTOLD ->
                soon().until(() -> proxy.tells(n1.node()) && proxy.tells(n2.node()));
            case ALL_RESET -> n2.treatNext(fault);
            case ALL_REFUSE -> {
                n1.refuse();
                n2.refuse();
            }
            default -> {
                // the request itself meets it
            }
        }
        n1.treatNext(fault);
    }

    /** Waits without the pause before the first look that a table of a hundred cells cannot afford. */
    static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    @Override
    public String toString() {
        return label;
    }
}
