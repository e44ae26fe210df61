package io.limpet.proxy.trace;

import org.eclipse.jetty.server.Request;

/** Where requests get their place in a trace. Safe for any number of threads. */
public interface Tracing {

    /** No spans: {@code traceparent} is passed on as it came. */
    Tracing OFF = request -> Trace.AS_IT_CAME;

    /** The request has come. Must neither block nor throw. */
    Trace begin(Request request);

    /** Sends what was not sent yet, for some seconds at most, and no more. */
    default void stop() {}
}
