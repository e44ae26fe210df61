package io.limpet.proxy.journal;

import java.io.OutputStream;
import java.io.PrintStream;

/** A stream that stays open, as standard output does. */
record LogStream(PrintStream stream) implements LogTarget {

    @Override
    public OutputStream open() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                stream.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                stream.write(bytes, offset, length);
                stream.flush();
            }
        };
    }

    @Override
    public boolean isStillThere() {
        return true;
    }
}
