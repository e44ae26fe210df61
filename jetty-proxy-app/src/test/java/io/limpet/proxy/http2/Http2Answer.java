package io.limpet.proxy.http2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.eclipse.jetty.util.NanoTime;

/**
 * What came on one stream.
 *
 * @param statuses interim ones, and the last
 * @param fields of the last head
 * @param body as far as it came
 * @param trailers those behind it
 * @param reset the code of RST_STREAM; -1 when there was none
 * @param whole whether the stream was ended in order
 */
public record Http2Answer(
        List<Integer> statuses, HttpFields fields, String body, HttpFields trailers, int reset, boolean whole) {

    /** The last status; 0 when there was none. */
    public int status() {
        return statuses.isEmpty() ? 0 : statuses.get(statuses.size() - 1);
    }

    /** Collects it. Knows only what one connection's encoder says on one stream: ask one request of a connection. */
    static final class Reader {

        private final HpackDecoder decoder = new HpackDecoder(1024 * 1024, NanoTime::now);
        private final List<Integer> statuses = new ArrayList<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private HttpFields fields = HttpFields.EMPTY;
        private HttpFields trailers = HttpFields.EMPTY;
        private int reset = -1;
        private boolean whole;

        /** Whether this was the last. */
        boolean add(FrameClient client, Frame frame) {
            try {
                switch (frame.type()) {
                    case Frame.HEADERS -> head(frame);
                    case Frame.DATA -> {
                        body.writeBytes(frame.payload());
                        if (frame.payload().length > 0) {
                            client.send(Frame.window(0, frame.payload().length));
                            client.send(Frame.window(frame.stream(), frame.payload().length));
                        }
                    }
                    case Frame.RST_STREAM -> reset = frame.code();
                    default -> {
                        return false;
                    }
                }
            } catch (IOException | HpackException e) {
                throw new IllegalStateException(e);
            }
            whole |= frame.type() <= Frame.HEADERS && frame.has(Frame.END_STREAM);
            return whole || reset >= 0;
        }

        private void head(Frame frame) throws HpackException {
            MetaData head = decoder.decode(ByteBuffer.wrap(frame.payload()));
            if (head instanceof MetaData.Response response) {
                statuses.add(response.getStatus());
                fields = response.getHttpFields();
            } else {
                trailers = head.getHttpFields();
            }
        }

        Http2Answer answer() {
            return new Http2Answer(
                    statuses, fields, body.toString(StandardCharsets.ISO_8859_1), trailers, reset, whole);
        }
    }
}
