package io.limpet.proxy.upstream;

import org.eclipse.jetty.http.HttpField;

/** A field that is written often: its line is checked and put into bytes once. Immutable. */
public final class LineField extends HttpField {

    private final byte[] line;
    private final String lowerCaseName;

    /** @throws IllegalArgumentException when name or value hold what may not stand there (RFC 9110 §5.5) */
    public LineField(String name, String value) {
        super(name, value);
        line = RequestBytes.fieldLine(name, value);
        lowerCaseName = super.getLowerCaseName();
    }

    @Override
    public String getLowerCaseName() {
        return lowerCaseName;
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
