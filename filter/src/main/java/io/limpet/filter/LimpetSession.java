package io.limpet.filter;

import io.limpet.failover.Rebalance;
import io.limpet.failover.Visit;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The container's session, watched: it passes everything on and notes which attributes the application touches. */
class LimpetSession implements HttpSession {

    private static final boolean HAS_ACCESSOR = Arrays.stream(HttpSession.class.getMethods())
            .anyMatch(method -> method.getName().equals("getAccessor"));

    private volatile HttpSession own;
    private volatile Visit visit;
    private final Exchange exchange;

    LimpetSession(HttpSession own, Visit visit, Exchange exchange) {
        this.own = own;
        this.visit = visit;
        this.exchange = exchange;
    }

    static LimpetSession of(HttpSession own, Visit visit, Exchange exchange) {
        return HAS_ACCESSOR ? new LimpetSession61(own, visit, exchange) : new LimpetSession(own, visit, exchange);
    }

    boolean isOf(HttpSession session) {
        return own == session || own.getId().equals(session.getId());
    }

    /** The session lives in another one of the container now; whoever has this object goes on with it. */
    void moveTo(HttpSession moved, Visit visitOfMoved) {
        visit.over();
        own = moved;
        visit = visitOfMoved;
    }

    HttpSession own() {
        return own;
    }

    Visit visit() {
        return visit;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        Object value = own.getAttribute(name);
        if (value != null) {
            visit.read(name, value);
        }
        return value;
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        own.setAttribute(name, value);
        visit.changed(name);
    }

    @Override
    public void removeAttribute(String name) {
        own.removeAttribute(name);
        visit.changed(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        if (own.getAttribute(Rebalance.MOVED_AT) == null) {
            return own.getAttributeNames();
        }
        List<String> names = Collections.list(own.getAttributeNames());
        names.remove(Rebalance.MOVED_AT); // whoever clears a session by this list leaves it
        return Collections.enumeration(names);
    }

    @Override
    public void invalidate() {
        exchange.invalidate(own);
    }

    @Override
    public long getCreationTime() {
        long here = own.getCreationTime(); // throws when the session is invalid, as it must
        return visit.identity().adopted() ? visit.identity().creationTime() : here;
    }

    @Override
    public long getLastAccessedTime() {
        long here = own.getLastAccessedTime();
        boolean usedHereBefore = here > own.getCreationTime();
        return visit.identity().adopted() && !usedHereBefore ? visit.identity().lastAccess() : here;
    }

    @Override
    public boolean isNew() {
        boolean here = own.isNew();
        return here && !visit.identity().adopted();
    }

    @Override
    public String getId() {
        return own.getId();
    }

    @Override
    public ServletContext getServletContext() {
        return own.getServletContext();
    }

    @Override
    public void setMaxInactiveInterval(int seconds) {
        own.setMaxInactiveInterval(seconds);
    }

    @Override
    public int getMaxInactiveInterval() {
        return own.getMaxInactiveInterval();
    }
}
