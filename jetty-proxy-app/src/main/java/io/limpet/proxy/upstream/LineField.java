package io.limpet.proxy.upstream;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;

/** A field that is written often: its line is checked and put into bytes once. Immutable. */
public final class LineField extends HttpField {

    private static final int END = 2;

    private final byte[] line;
    private final ByteBuffer written;
    private final String lowerCaseName;

    /** @throws IllegalArgumentException when name or value hold what may not stand there (RFC 9110 §5.5) */
    public LineField(String name, String value) {
        super(name, value);
        line = RequestBytes.fieldLine(name, value);
        written = ByteBuffer.wrap(line, 0, line.length - END);
        lowerCaseName = super.getLowerCaseName();
    }

    @Override
    public String getLowerCaseName() {
        return lowerCaseName;
    }

    /** Its line, without its end. Whoever reads it moves neither position nor limit. */
    ByteBuffer written() {
        return written;
    }

    /** How long its line is, with its end. */
    public int lineLength() {
        return line.length;
    }

    /** Writes its line, with its end. */
    public void writeTo(byte[] bytes, int at) {
        System.arraycopy(line, 0, bytes, at, line.length);
    }
}
