package io.limpet.filter;

import io.limpet.failover.Work;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** The container's input stream, whose listener is at work for its request; all else is the container's. */
final class GuardedInput extends ServletInputStream {

    private final ServletInputStream container;
    private final Work work;

    GuardedInput(ServletInputStream container, Work work) {
        this.container = container;
        this.work = work;
    }

    boolean isOf(ServletInputStream stream) {
        return stream == container;
    }

    /** Came with Servlet 6.1; no container of 6.0 calls it. By itself it would ask {@link #isReady}, as no blocking read does. */
    @Override
    public int read(ByteBuffer buffer) throws IOException {
        return container.read(buffer);
    }

    @Override
    public void setReadListener(ReadListener listener) {
        container.setReadListener(new GuardedReading(Objects.requireNonNull(listener, "no listener"), work));
    }

    @Override
    public boolean isFinished() {
        return container.isFinished();
    }

    @Override
    public boolean isReady() {
        return container.isReady();
    }

    @Override
    public int read() throws IOException {
        return container.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return container.read(bytes, offset, length);
    }

    @Override
    public int readLine(byte[] bytes, int offset, int length) throws IOException {
        return container.readLine(bytes, offset, length);
    }

    @Override
    public long skip(long count) throws IOException {
        return container.skip(count);
    }

    @Override
    public int available() throws IOException {
        return container.available();
    }

    @Override
    public boolean markSupported() {
        return container.markSupported();
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // one thread at a time reads a request
    public void mark(int limit) {
        container.mark(limit);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // one thread at a time reads a request
    public void reset() throws IOException {
        container.reset();
    }

    @Override
    public void close() throws IOException {
        container.close();
    }
}
