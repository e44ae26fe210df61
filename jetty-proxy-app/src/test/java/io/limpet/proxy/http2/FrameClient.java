package io.limpet.proxy.http2;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** One HTTP/2 connection of a client with prior knowledge that sends what it is told, and shows what comes. */
public final class FrameClient implements AutoCloseable {

    public static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int MOST_FRAMES = 100_000;

    private final Duration patience;
    private final Socket socket;
    private final DataInputStream in;

    /** Without a word yet. */
    public FrameClient(int port, Duration patience) throws IOException {
        this.patience = patience;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) patience.toMillis());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /** To the same port, without a word yet. */
    FrameClient another() throws IOException {
        return new FrameClient(socket.getPort(), patience);
    }

    /** Behind both sides' preface. */
    public static FrameClient open(int port, Duration patience) throws IOException {
        FrameClient client = new FrameClient(port, patience);
        client.greet();
        return client;
    }

    public void greet(Frame... more) throws IOException {
        raw(PREFACE);
        send(Frame.settings());
        send(more);
        await(frame -> frame.type() == Frame.SETTINGS && !frame.has(Frame.ACK));
        send(Frame.settings().flagged(Frame.ACK));
    }

    /** What cannot be sent any more is not: what the other side says is what counts. */
    public FrameClient send(Frame... frames) throws IOException {
        for (Frame frame : frames) {
            raw(frame.bytes());
        }
        return this;
    }

    /** False when the other side has gone. */
    public boolean raw(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    /** The next frame; empty when the connection has ended. */
    public Optional<Frame> next() throws IOException {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt() & 0x7fff_ffff;
            byte[] payload = new byte[length];
            in.readFully(payload);
            return Optional.of(new Frame(type, flags, stream, payload));
        } catch (EOFException e) {
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads as far as the first frame of this kind; empty when the connection ended before.
     *
     * @throws SocketTimeoutException when nothing comes for too long
     */
    public Optional<Frame> await(Predicate<Frame> kind) throws IOException {
        for (int i = 0; i < MOST_FRAMES; i++) {
            Optional<Frame> frame = next();
            if (frame.isEmpty() || kind.test(frame.get())) {
                return frame;
            }
        }
        throw new IOException("none of so many frames");
    }

    /** Whether the other side still answers on this connection. */
    public boolean isAlive() throws IOException {
        byte[] payload = "is alive".getBytes(StandardCharsets.US_ASCII);
        send(new Frame(Frame.PING, 0, 0, payload));
        return await(frame -> frame.type() == Frame.GOAWAY
                        || (frame.type() == Frame.PING
                                && frame.has(Frame.ACK)
                                && Arrays.equals(frame.payload(), payload)))
                .filter(frame -> frame.type() == Frame.PING)
                .isPresent();
    }

    /** All that comes on this stream, to its end. */
    public Http2Answer answer(int stream) throws IOException {
        Http2Answer.Reader reader = new Http2Answer.Reader();
        await(frame -> frame.type() == Frame.GOAWAY || (frame.stream() == stream && reader.add(this, frame)));
        return reader.answer();
    }

    public InputStream raw() {
        return in;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
