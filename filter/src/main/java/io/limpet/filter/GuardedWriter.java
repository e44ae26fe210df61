package io.limpet.filter;

import java.io.IOException;
import java.io.PrintWriter;

/**
 * The container's writer, which asks {@link CommitGuard} before characters may leave. All other methods of {@link
 * PrintWriter} end in those that are overridden here.
 */
final class GuardedWriter extends PrintWriter {

    private final PrintWriter container;
    private final CommitGuard guard;
    private final int bytesPerChar;

    /** @param bytesPerChar how many bytes one character takes at the most */
    GuardedWriter(PrintWriter container, CommitGuard guard, int bytesPerChar) {
        super(container);
        this.container = container;
        this.guard = guard;
        this.bytesPerChar = bytesPerChar;
    }

    @Override
    public void write(int c) {
        if (mayWrite(1)) {
            container.write(c);
        }
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        if (mayWrite(length)) {
            container.write(characters, offset, length);
        }
    }

    @Override
    public void write(String text, int offset, int length) {
        if (mayWrite(length)) {
            container.write(text, offset, length);
        }
    }

    /** The container's own end of line, which is not everywhere the system's. */
    @Override
    public void println() {
        if (mayWrite(2)) {
            container.println();
        }
    }

    @Override
    public void flush() {
        if (mayLeave()) {
            container.flush();
        }
    }

    @Override
    public void close() {
        if (mayLeave()) {
            container.close();
        }
    }

    private boolean mayWrite(int characters) {
        try {
            return guard.mayWrite((long) characters * bytesPerChar);
        } catch (IOException e) {
            setError(); // as a PrintWriter does
            return false;
        }
    }

    private boolean mayLeave() {
        try {
            return guard.mayLeave();
        } catch (IOException e) {
            setError();
            return false;
        }
    }
}
