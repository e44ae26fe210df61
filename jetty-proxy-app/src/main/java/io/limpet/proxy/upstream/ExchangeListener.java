package io.limpet.proxy.upstream;

import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpFields;

/**
 * Hears what becomes of one {@link Exchange}. Called by one thread at a time, often a selector's: nothing here may
 * block.
 */
public interface ExchangeListener {

    /**
     * There is a connection, and the first byte is about to leave: from here on the node may have the request. For those
     * that need not know it does nothing.
     *
     * @param pooled whether the connection has carried a request before, so that the node may be closing it
     */
    default void sending(boolean pooled) {}

    /**
     * The node says something before its answer (RFC 9110 §15.2), 101 excepted. It is read on when the stage has
     * completed, in whatever way.
     */
    CompletionStage<?> interim(int status, HttpFields fields);

    /**
     * The node answers. The response must be read to its end, or be {@linkplain NodeResponse#fail failed}; what goes
     * wrong on the way is found there.
     */
    void answered(NodeResponse response);

    /**
     * The node switches to a protocol that the request has asked for (RFC 9110 §7.8): what follows is not HTTP. It
     * passes once the client's connection is {@linkplain UpgradeTunnel#clientSide the tunnel's other end}.
     */
    void switched(HttpFields fields, UpgradeTunnel tunnel);

    /** There will be no answer. Not called after {@link #answered} or {@link #switched}. */
    void failed(Throwable cause);

    /**
     * The exchange has left its connection, whatever became of it: the last call, and always made. For those that need
     * not know it does nothing.
     */
    default void ended() {}
}
