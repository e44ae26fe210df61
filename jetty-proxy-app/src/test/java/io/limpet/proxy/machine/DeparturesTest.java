package io.limpet.proxy.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who has left by Linux's list; the lines are what Linux 6 writes on a little-endian machine. */
class DeparturesTest {

    private static final String HEAD =
            "  sl  local_address                         remote_address                        st tx_queue rx_queue\n";
    private static final String LISTENER =
            "   0: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000\n";
    private static final String ENDS = "0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:A560";

    @TempDir
    private Path files;

    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger readings = new AtomicInteger();
    private Path table;
    private Departures departures;
    private Departures.Look look;

    @BeforeEach
    void begin() throws IOException {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        table = files.resolve("tcp6");
        departures = new Departures(
                task -> {
                    task.run();
                    readings.incrementAndGet();
                },
                List.of(table));
        look = departures.at(new SocketPair(at("127.0.0.1", 8080), at("127.0.0.1", 42336)), told::incrementAndGet);
    }

    private static InetSocketAddress at(String address, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    private static String line(String ends, String state) {
        return " 999: " + ends + " " + state + " 00000000:00000021 00:00000000 00000000     0        0 26 1 c6851bc7\n";
    }

    /** It rests between two readings, the longer the longer they take. */
    private void readAgain(String... lines) throws IOException {
        Files.writeString(table, HEAD + String.join("", lines));
        int before = readings.get();
        Awaitility.await().until(() -> {
            departures.passed();
            return readings.get() > before;
        });
    }

    @Test
    void whoHasSaidAllHasLeftHoweverMuchIsUnread() throws IOException {
        readAgain(LISTENER, line(ENDS, "01"));
        assertThat(told).hasValue(0);

        readAgain(LISTENER, line(ENDS, "08"));
        assertThat(told).hasValue(1);
    }

    @Test
    void whoIsGoneFromTheListTwiceWasReset() throws IOException {
        readAgain(LISTENER, line(ENDS, "01"));
        readAgain(LISTENER);
        assertThat(told).hasValue(0);
        readAgain(LISTENER, line(ENDS, "01"));
        readAgain(LISTENER);
        assertThat(told).hasValue(0);
        readAgain(LISTENER);

        assertThat(told).hasValue(1);
    }

    @Test
    void aListOfAnotherNetworkTellsNothing() throws IOException {
        for (int i = 0; i < 4; i++) {
            readAgain(line(ENDS.replace("1F90", "1F91"), "01"));
        }
        assertThat(told).hasValue(0);
    }

    @Test
    void whoIsNotLookedAtAnyMoreIsNotToldOf() throws IOException {
        departures.at(new SocketPair(at("127.0.0.1", 8080), at("127.0.0.1", 1)), () -> {});
        look.end();
        readAgain(LISTENER, line(ENDS, "08"));

        assertThat(told).hasValue(0);
    }

    @Test
    void aPoolThatTakesNoWorkForOnceIsAskedAgain() throws IOException {
        Files.writeString(table, HEAD + LISTENER + line(ENDS, "08"));
        AtomicInteger asked = new AtomicInteger();
        Departures busy = new Departures(
                task -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new RejectedExecutionException("all threads are busy");
                    }
                    task.run();
                },
                List.of(table));
        busy.at(new SocketPair(at("127.0.0.1", 8080), at("127.0.0.1", 42336)), told::incrementAndGet);

        Awaitility.await().until(() -> {
            busy.passed();
            return told.get() == 1;
        });
    }

    @Test
    void whatIsNoListDoesNoHarm() throws IOException {
        readAgain("nonsense\n", ": \n", "1: a\n", "1: a b\n", "1: a b c\n", "\n", line(ENDS, "08"));

        assertThat(told).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 80, 198.51.100.200, 65535, 010200C0:0050 C86433C6:FFFF",
        "2001:db8::1, 443, 2001:db8:0:1::2, 1, B80D0120000000000000000001000000:01BB B80D0120010000000000000002000000:0001"
    })
    void addressesAreSpelledAsLinuxDoes(String local, int localPort, String remote, int remotePort, String spelled)
            throws UnknownHostException {
        assertThat(new SocketPair(at(local, localPort), at(remote, remotePort)).spellings())
                .contains(spelled);
    }
}
