package io.limpet.proxy.upstream;

import io.limpet.proxy.http1.FieldLines;
import io.limpet.proxy.http1.FieldName;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a head as objects. Nodes and browsers say nearly the same in each message: a line that has come before,
 * on whatever connection, is the same object again. One memory for all of them, since it is the way to what each connection
 * would remember by itself that takes time.
 *
 * <p>What may be a secret of one client's is not kept: it would outlast the connection, for whoever reads this memory.
 *
 * <p>Any thread may call it. Two that remember lines in one place at once write immutable objects: one is forgotten.
 */
public final class RepeatedFields {

    /** Longer ones differ, and are not to be kept. */
    private static final int LONGEST = 128;

    /** A power of two. */
    private static final int PLACES = 1024;

    private static final AtomicReferenceArray<@Nullable LineField> KNOWN = new AtomicReferenceArray<>(PLACES);

    private static final String COOKIE = "Cookie";

    /**
     * Parts of names by which credentials go: Authorization, X-Api-Key, X-CSRF-Token, X-Session-Id and the like; a WebSocket's
     * protocol, in which pages hide theirs; and addresses, which may have a code or a session's id.
     */
    private static final List<String> SECRET = List.of(
            "auth",
            "token",
            "key",
            "secret",
            "cookie",
            "session",
            "csrf",
            "xsrf",
            "pass",
            "credential",
            "jwt",
            "sec-websocket-protocol",
            "location",
            "referer");

    private RepeatedFields() {}

    public static HttpFields of(FieldLines lines) {
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

    private static HttpField field(FieldLines lines, int number) {
        FieldName name = lines.field(number);
        if (name == FieldName.COOKIE) { // of a known header: Jetty would look its name up
            String written = lines.isNamed(number, COOKIE) ? COOKIE : lines.name(number);
            return new HttpField(HttpHeader.COOKIE, written, lines.value(number));
        }
        if (name == FieldName.SET_COOKIE || lines.valueEnd(number) - lines.start(number) > LONGEST) {
            return new HttpField(lines.name(number), lines.value(number));
        }
        int place = lines.fingerprint(number) & (PLACES - 1);
        LineField before = KNOWN.get(place);
        if (before != null && lines.isWritten(number, before.written())) {
            return before;
        }
        LineField field = new LineField(lines.name(number), lines.value(number));
        // looked at only where a line is new: one that is known has been looked at
        if (lines.isWritten(number, field.written()) // else with other spaces than are written to others
                && !isSecret(field)) {
            KNOWN.set(place, field);
        }
        return field;
    }

    private static boolean isSecret(HttpField field) {
        String name = field.getLowerCaseName();
        return SECRET.stream().anyMatch(name::contains);
    }
}
