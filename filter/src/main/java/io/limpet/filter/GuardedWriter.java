package io.limpet.filter;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.CharBuffer;

/**
 * The container's writer, which asks {@link CommitGuard} before characters may leave. All other methods of {@link
 * PrintWriter} end in those that are overridden here.
 */
final class GuardedWriter extends PrintWriter {

    private static final String LONGEST_LINE_END = "\r\n";

    private final PrintWriter container;
    private final CommitGuard guard;
    private final EncodedLength encoded;

    /** @param encoded how many bytes characters take in the response's encoding */
    GuardedWriter(PrintWriter container, CommitGuard guard, EncodedLength encoded) {
        super(container);
        this.container = container;
        this.guard = guard;
        this.encoded = encoded;
    }

    @Override
    public void write(int c) {
        if (mayWrite(String.valueOf((char) c), 0, 1)) {
            container.write(c);
        }
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        if (mayWrite(CharBuffer.wrap(characters), offset, length)) {
            container.write(characters, offset, length);
        }
    }

    @Override
    public void write(String text, int offset, int length) {
        if (mayWrite(text, offset, length)) {
            container.write(text, offset, length);
        }
    }

    /** The container's own end of line, which is not everywhere the system's. */
    @Override
    public void println() {
        if (mayWrite(LONGEST_LINE_END, 0, LONGEST_LINE_END.length())) {
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

    private boolean mayWrite(CharSequence characters, int offset, int length) {
        try {
            return guard.mayWrite(encoded.of(characters, offset, length));
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
