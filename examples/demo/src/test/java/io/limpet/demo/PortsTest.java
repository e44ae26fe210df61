package io.limpet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void chosenPortsAreDifferentFreeAndBelowThoseOfOutgoingConnections() throws Exception {
        List<Integer> ports = Ports.choose(19);

        assertThat(ports).hasSize(19).doesNotHaveDuplicates().isSorted().allMatch(Ports::isFree);
        assertThat(ports).allMatch(port -> port < 32_768);
    }

    @Test
    void aPortThatSomebodyListensOnIsNotFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThat(Ports.isFree(taken.getLocalPort())).isFalse();
        }
    }
}
