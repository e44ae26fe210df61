package io.limpet.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** How a node sees that the other side has gone, and who goes whether that can be seen. */
final class ClosedSockets {

    /** Behind it the machine moves nothing any more of what nobody reads. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private ClosedSockets() {}

    /** Reads until there is nothing more to come, in order or by a reset. */
    static void awaitEnd(Socket connection) {
        try {
            int last = 0;
            while (last >= 0) {
                last = connection.getInputStream().read();
            }
        } catch (IOException e) {
            // a reset
        }
    }

    /**
     * Whether the other side's machine has taken the end of what this connection has sent; no when the end is still held
     * back, behind bytes for which there is no room. On Linux: elsewhere it is always said to have.
     */
    static boolean isEndTaken(SocketChannel sender) throws IOException {
        int own = ((InetSocketAddress) sender.getLocalAddress()).getPort();
        int other = ((InetSocketAddress) sender.getRemoteAddress()).getPort();
        // state 04 is FIN_WAIT1: the end is not acknowledged
        Pattern heldBack = Pattern.compile(String.format("^ *\\d+: \\w+:%04X \\w+:%04X 04 .*", own, other));
        try {
            Awaitility.await().atMost(SETTLED).until(() -> !isListed(heldBack));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** Whether Linux lists a connection in such a line (proc_net_tcp(5)); false where the system does not tell. */
    static boolean isListed(Pattern line) throws IOException {
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            Path path = Path.of(table);
            if (Files.isReadable(path)
                    && Files.readAllLines(path).stream()
                            .anyMatch(it -> line.matcher(it).matches())) {
                return true;
            }
        }
        return false;
    }
}
