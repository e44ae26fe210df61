package io.limpet.proxy.upstream;

import io.limpet.proxy.http1.FieldLines;
import io.limpet.proxy.http1.FieldName;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a head as objects. A node says nearly the same in each response: a line that stands where it stood in the
 * last one is the same object again. Not thread-safe.
 */
public final class RepeatedFields {

    /** Longer ones differ, and are not to be kept. */
    private static final int LONGEST = 128;

    private static final int MORE = 8;

    private @Nullable LineField[] last = {};
    private String[] names = {};

    public HttpFields of(FieldLines lines) {
        HttpFields.Mutable fields = HttpFields.build(lines.count());
        for (int i = 0; i < lines.count(); i++) {
            fields.add(field(lines, i));
        }
        return fields;
    }

    /** Those that come once. */
    static HttpFields copy(FieldLines lines) {
        HttpFields.Mutable fields = HttpFields.build(lines.count());
        for (int i = 0; i < lines.count(); i++) {
            fields.add(new HttpField(lines.name(i), lines.value(i)));
        }
        return fields;
    }

    private HttpField field(FieldLines lines, int number) {
        LineField before = number < last.length ? last[number] : null;
        if (before != null && isSame(before, lines, number)) {
            return before;
        }
        String name = name(lines, number);
        String value = lines.value(number);
        FieldName known = lines.field(number);
        if (known == FieldName.COOKIE) { // Jetty would look its name up
            return new HttpField(HttpHeader.COOKIE, name, value);
        }
        if (lines.valueEnd(number) - lines.start(number) > LONGEST || known == FieldName.SET_COOKIE) {
            return new HttpField(name, value);
        }
        LineField field = new LineField(name, value);
        if (number >= last.length) {
            last = Arrays.copyOf(last, number + MORE);
        }
        last[number] = field;
        return field;
    }

    /** As most write it, or with other spaces. */
    private static boolean isSame(LineField before, FieldLines lines, int number) {
        return lines.isWritten(number, before.written())
                || (lines.isNamed(number, before.getName()) && lines.hasValue(number, before.getValue()));
    }

    /** Of a field whose value is another the name is mostly the same. */
    private String name(FieldLines lines, int number) {
        if (number >= names.length) {
            names = Arrays.copyOf(names, number + MORE);
        }
        String before = names[number];
        if (before == null || !lines.isNamed(number, before)) {
            names[number] = lines.name(number);
        }
        return names[number];
    }
}
