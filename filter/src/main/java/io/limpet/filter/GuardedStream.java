package io.limpet.filter;

import io.limpet.failover.Work;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Objects;

/** The container's output stream, which asks {@link CommitGuard} before bytes may leave. */
final class GuardedStream extends ServletOutputStream {

    /** No encoding that a container prints in takes more for one character. */
    private static final long BYTES_PER_CHAR = 4;

    private final ServletOutputStream container;
    private final CommitGuard guard;
    private final Work work;

    GuardedStream(ServletOutputStream container, CommitGuard guard, Work work) {
        this.container = container;
        this.guard = guard;
        this.work = work;
    }

    @Override
    public void write(int b) throws IOException {
        if (guard.mayWrite(1)) {
            container.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (guard.mayWrite(length)) {
            container.write(bytes, offset, length);
        }
    }

    /** All print methods end here; containers differ in how they encode, and have the last word. */
    @Override
    public void print(String text) throws IOException {
        if (guard.mayWrite(BYTES_PER_CHAR * String.valueOf(text).length())) {
            container.print(text);
        }
    }

    @Override
    public void flush() throws IOException {
        if (guard.mayLeave()) {
            container.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (guard.mayLeave()) {
            container.close();
        }
    }

    @Override
    public boolean isReady() {
        return container.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        container.setWriteListener(new GuardedWriting(Objects.requireNonNull(listener, "no listener"), work));
    }
}
