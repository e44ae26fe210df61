package io.limpet.probe.ee;

import io.limpet.SessionAdoption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Hears, as any bean may, of sessions that live here from now on. */
@ApplicationScoped
public class Adoptions {

    private final Set<String> from = new ConcurrentSkipListSet<>();

    void heard(@Observes SessionAdoption adoption) {
        from.add(adoption.from().toString());
    }

    /** The nodes that they lived on, with blanks between them. */
    public String from() {
        return String.join(" ", from);
    }
}
