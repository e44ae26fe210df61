package io.limpet.proxy;

import static io.limpet.proxy.Aborts.PATIENCE;
import static io.limpet.proxy.Aborts.TIMES;
import static io.limpet.proxy.Aborts.number;
import static io.limpet.proxy.http2.Frame.headers;
import static io.limpet.proxy.http2.Frame.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.http2.Frame;
import io.limpet.proxy.http2.FrameClient;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link AbortsTest} over HTTP/2, where a client leaves by the end of a stream or of its connection. */
class Http2AbortsTest {

    private static final int CANCEL = 8;

    private final Aborts aborts = new Aborts();
    private final List<FrameClient> clients = new ArrayList<>();

    /** What a client does when it leaves, or its node. */
    enum Doing {
        WAITING,
        SENDING,
        TAKING,
        /** In a tunnel that stands. */
        TALKING
    }

    /** How a client leaves. */
    enum Leaving {
        STREAM {
            @Override
            void leave(FrameClient client, int stream) throws IOException {
                client.send(Frame.reset(stream, CANCEL));
            }
        },
        CONNECTION {
            @Override
            void leave(FrameClient client, int stream) throws IOException {
                client.close();
            }
        };

        abstract void leave(FrameClient client, int stream) throws IOException;
    }

    static Stream<Arguments> ways() {
        return Stream.of(Doing.values())
                .flatMap(doing -> Stream.of(Leaving.values()).map(leaving -> Arguments.of(doing, leaving)));
    }

    @AfterEach
    void leave() throws IOException {
        aborts.mayBreakOff();
        for (FrameClient client : clients) {
            client.close();
        }
    }

    private FrameClient connect(TestProxy proxy) throws IOException {
        FrameClient client = FrameClient.open(proxy.port(), PATIENCE);
        clients.add(client);
        return client;
    }

    private static Frame[] asked(Doing doing, int number, int stream) {
        return switch (doing) {
            case WAITING, TAKING -> new Frame[] {headers(stream, true, request("GET", "/" + number))};
            case SENDING ->
                new Frame[] {headers(stream, false, request("POST", "/" + number)), Frame.data(stream, false, "begun")};
            case TALKING -> {
                String[] fields = WebSocketStreamTest.ASKED.clone();
                fields[7] = "/" + number;
                yield new Frame[] {headers(stream, false, fields)};
            }
        };
    }

    private void serve(Doing doing, String head, Socket connection) throws IOException {
        agree(doing, head, connection);
        aborts.serve(number(head), doing == Doing.TAKING, connection);
    }

    /** On one connection each leaves by its stream, on connections of their own by these. */
    @ParameterizedTest
    @MethodSource("ways")
    void aClientThatLeavesIsPassedOnToTheNode(Doing doing, Leaving leaving) throws Exception {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> serve(doing, head, connection));
                TestProxy proxy = TestProxy.over(n1.node())) {
            for (int i = 0; i < TIMES; i++) {
                boolean another = leaving == Leaving.CONNECTION || clients.isEmpty();
                FrameClient client = another ? connect(proxy) : clients.get(0);
                client.send(asked(doing, i, 2 * i + 1));
            }
            aborts.awaitArrivals();
            if (doing == Doing.TAKING || doing == Doing.TALKING) {
                awaitHeads();
            }
            for (int i = 0; i < TIMES; i++) {
                aborts.leaves(i);
                leaving.leave(clients.get(leaving == Leaving.CONNECTION ? i : 0), 2 * i + 1);
            }
            aborts.assertInTime();
        }
    }

    private void awaitHeads() throws IOException {
        int each = TIMES / clients.size();
        for (FrameClient client : clients) {
            Set<Integer> streams = new HashSet<>();
            client.await(frame -> {
                if (frame.type() == Frame.HEADERS) {
                    streams.add(frame.stream());
                }
                return streams.size() == each;
            });
        }
    }

    private void breakOff(Doing doing, String head, Socket connection) throws IOException {
        agree(doing, head, connection);
        aborts.breakOff(number(head), doing == Doing.TAKING, connection);
    }

    private static void agree(Doing doing, String head, Socket connection) throws IOException {
        if (doing == Doing.TALKING) {
            SocketNode.write(connection, WebSocketStreamTest.agreed(head, ""));
        }
    }

    /** On one connection, whose other streams live on. */
    @ParameterizedTest
    @EnumSource(Doing.class)
    void aNodeThatBreaksOffIsPassedOnToTheClient(Doing doing) throws Exception {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> breakOff(doing, head, connection));
                TestProxy proxy = TestProxy.over(n1.node())) {
            FrameClient client = connect(proxy);
            for (int i = 0; i < TIMES; i++) {
                // POST: to which it is not sent again
                Frame[] asked = doing == Doing.WAITING
                        ? new Frame[] {headers(2 * i + 1, true, request("POST", "/" + i))}
                        : asked(doing, i, 2 * i + 1);
                client.send(asked);
            }
            aborts.awaitArrivals();
            aborts.mayBreakOff();
            client.await(frame -> {
                boolean isOver = frame.type() == Frame.RST_STREAM
                        || (frame.has(Frame.END_STREAM)
                                && (frame.type() == Frame.HEADERS || frame.type() == Frame.DATA));
                if (isOver) {
                    aborts.isTold(frame.stream() / 2);
                }
                return aborts.areAllTold();
            });
            aborts.assertInTime();
            assertThat(client.isAlive()).isTrue();
            leave(); // before the proxy is closed: it would wait for what they may still say
        }
    }
}
