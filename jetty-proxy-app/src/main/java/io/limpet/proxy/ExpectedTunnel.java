package io.limpet.proxy;

import io.limpet.proxy.upstream.UpgradeTunnel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Request;

/**
 * The tunnel that a request asks for, among those that there may be. A WebSocket in a stream counts from the moment it is
 * asked for: one connection may ask for many while none has been agreed to. On HTTP/1.1 it is the connection that counts,
 * and the tunnel only once it is open.
 *
 * <p>Any thread may call it: that a client leaves may come between. What was expected is given up once.
 */
final class ExpectedTunnel {

    private final Tunnels tunnels;
    private final AtomicBoolean expected = new AtomicBoolean();

    ExpectedTunnel(Tunnels tunnels) {
        this.tunnels = tunnels;
    }

    /** Whether there may be one more, if this request asks for one. */
    boolean mayBe(Request request, int most) {
        if (!(request instanceof WebSocketStream)) {
            return true;
        }
        boolean mayBe = tunnels.expect(most);
        expected.set(mayBe);
        return mayBe;
    }

    /** It is this one, and the {@link Tunnels}' now. */
    void is(UpgradeTunnel tunnel, Tunnels.Place place) {
        if (!expected.getAndSet(false)) {
            tunnels.expect(Integer.MAX_VALUE);
        }
        tunnels.add(tunnel, place);
    }

    /** It is not to be; nothing when it is there already. */
    void isNot() {
        if (expected.getAndSet(false)) {
            tunnels.giveUp();
        }
    }
}
