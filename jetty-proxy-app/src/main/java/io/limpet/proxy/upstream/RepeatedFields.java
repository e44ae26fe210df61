package io.limpet.proxy.upstream;

import io.limpet.proxy.http1.FieldLines;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * The fields of a head as objects. A node says nearly the same in each response: a line that stands where it stood in the
 * last one is the same object again. Not thread-safe.
 */
public final class RepeatedFields {

    /** Longer ones differ, and are not to be kept. */
    private static final int LONGEST = 128;

    private final List<HttpField> last = new ArrayList<>();

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
        if (number < last.size()) {
            HttpField before = last.get(number);
            if (lines.isNamed(number, before.getName()) && lines.hasValue(number, before.getValue())) {
                return before;
            }
        }
        HttpField field = new HttpField(lines.name(number), lines.value(number));
        if (lines.valueEnd(number) - lines.start(number) <= LONGEST) {
            remember(number, field);
        }
        return field;
    }

    private void remember(int number, HttpField field) {
        if (number < last.size()) {
            last.set(number, field);
        } else if (number == last.size()) {
            last.add(field);
        }
    }
}
