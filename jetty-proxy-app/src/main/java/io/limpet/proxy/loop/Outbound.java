package io.limpet.proxy.loop;

import java.io.IOException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/** A connection of this proxy's own that is being opened. */
public interface Outbound {

    /** It is there: what is to be spoken on it. */
    Connection opened(EndPoint endPoint) throws IOException;

    /** It will not be there; its channel is closed. */
    void failed(Throwable cause);
}
