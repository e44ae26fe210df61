package io.limpet.proxy.relay;

import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.QuietException;

/** What lies beneath a connection's protocol: a socket, or TLS. */
final class Beneath {

    private Beneath() {}

    /** Whether bytes wait to be taken by the client. */
    static boolean isWriting(EndPoint endPoint) {
        return of(endPoint).getWriteFlusher().isPending();
    }

    /** Whoever listens hears of a failure instead. */
    static void stopListening(EndPoint endPoint) {
        of(endPoint).getFillInterest().onFail(new QuietException.Exception("somebody else listens from now on"));
    }

    /** TLS's own is no wrapper in this sense; the PROXY protocol's is. */
    private static AbstractEndPoint of(EndPoint endPoint) {
        EndPoint found = endPoint;
        while (!(found instanceof AbstractEndPoint) && found instanceof EndPoint.Wrapper wrapper) {
            found = wrapper.unwrap();
        }
        return (AbstractEndPoint) found;
    }
}
