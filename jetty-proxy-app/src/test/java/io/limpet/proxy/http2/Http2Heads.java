package io.limpet.proxy.http2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;
import org.eclipse.jetty.util.NanoTime;

/** The heads of all answers on one connection, in the order in which they come: what they say depends on it. */
public final class Http2Heads {

    private final HpackDecoder decoder = new HpackDecoder(1024 * 1024, NanoTime::now);
    private final List<MetaData.Response> heads = new ArrayList<>();
    private final FrameClient client;

    public Http2Heads(FrameClient client) {
        this.client = client;
    }

    /** Reads until there are so many. */
    public void awaitAnswers(int count) throws IOException {
        while (heads.size() < count) {
            if (client.await(this::reads)
                    .filter(frame -> frame.type() == Frame.HEADERS)
                    .isEmpty()) {
                throw new IOException("the end behind " + statuses());
            }
        }
    }

    /** Reads it when it is a head; whether it is one, or says that nothing more comes. */
    public boolean reads(Frame frame) {
        if (frame.type() != Frame.HEADERS) {
            return frame.type() == Frame.GOAWAY;
        }
        try {
            heads.add((MetaData.Response) decoder.decode(ByteBuffer.wrap(frame.payload())));
        } catch (HpackException e) {
            throw new IllegalStateException(e);
        }
        return true;
    }

    public List<Integer> statuses() {
        return heads.stream().map(MetaData.Response::getStatus).toList();
    }

    public List<HttpFields> fields() {
        return heads.stream().map(MetaData.Response::getHttpFields).toList();
    }
}
