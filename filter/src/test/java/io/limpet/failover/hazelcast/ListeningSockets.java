package io.limpet.failover.hazelcast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Where this process listens, as Linux sees it. */
final class ListeningSockets {

    private static final String LISTEN = "0A";

    private ListeningSockets() {}

    static List<InetAddress> ofThisProcess() {
        Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/net/tcp")), "needs Linux's /proc");
        try {
            Set<String> inodes = socketInodes();
            List<InetAddress> addresses = new ArrayList<>();
            for (String table : List.of("tcp", "tcp6")) {
                Path path = Path.of("/proc/self/net", table);
                for (String line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
                    List<String> fields = List.of(line.strip().split("\\s+"));
                    if (fields.get(3).equals(LISTEN) && inodes.contains(fields.get(9))) {
                        addresses.add(address(fields.get(1)));
                    }
                }
            }
            return addresses;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> socketInodes() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .map(ListeningSockets::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring(8, target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    /** Four bytes at a time, each group in the machine's (little-endian) order. */
    private static InetAddress address(String hexAndPort) throws IOException {
        byte[] reversed = HexFormat.of().parseHex(hexAndPort.split(":", 2)[0]);
        byte[] bytes = new byte[reversed.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = reversed[i / 4 * 4 + 3 - i % 4];
        }
        return InetAddress.getByAddress(bytes);
    }
}
