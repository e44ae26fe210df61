package io.limpet.proxy;

import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.Trailers;

/**
 * The trailers that pass: all but those that would mean something where they do not belong (RFC 9110 §6.5.1). What is
 * taken from a header section is not to come in through the back door of a recipient that merges the two.
 */
final class TrailerFields {

    private static final Set<String> NOT_IN_TRAILERS = Set.of(
            "authorization",
            "cache-control",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "expect",
            "host",
            "location",
            "max-forwards",
            "range",
            "set-cookie",
            "trailer");

    private TrailerFields() {}

    static Trailers passing(Trailers trailers) {
        return new Trailers(passing(trailers.getTrailers()));
    }

    static HttpFields passing(HttpFields fields) {
        HopByHop hopByHop = HopByHop.of(fields);
        HttpFields.Mutable passing = HttpFields.build();
        for (HttpField field : fields) {
            if (!hopByHop.includes(field)
                    && !RequestHead.isOurs(field)
                    && !NOT_IN_TRAILERS.contains(field.getLowerCaseName())) {
                passing.add(field);
            }
        }
        return passing;
    }
}
