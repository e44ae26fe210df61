package io.limpet.failover;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A session as a container keeps it: invalid means {@link IllegalStateException} at every turn. */
public final class FakeSession implements HttpSession {

    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final long creationTime;
    private volatile String id;
    private volatile int maxInactive = 1800;
    private volatile boolean invalid;
    private Runnable onEnd = () -> {};
    private Consumer<String> onChange = name -> {};
    private volatile String refused = "";

    public FakeSession(String id, long creationTime) {
        this.id = id;
        this.creationTime = creationTime;
    }

    /** What a container tells its session listeners when the session has ended. */
    public void onEnd(Runnable listener) {
        onEnd = listener;
    }

    /** What a container tells its attribute listeners. */
    public void onChange(Consumer<String> listener) {
        onChange = listener;
    }

    /** The container does not take this attribute. */
    void refuse(String name) {
        refused = name;
    }

    public boolean isInvalid() {
        return invalid;
    }

    public void rename(String newId) {
        id = newId;
    }

    /** Another object for the same session, as a container may make one for each request. */
    FakeSession again() {
        FakeSession copy = new FakeSession(id, creationTime);
        copy.attributes.putAll(attributes);
        return copy;
    }

    private void check() {
        if (invalid) {
            throw new IllegalStateException("session " + id + " is invalid");
        }
    }

    @Override
    public long getCreationTime() {
        check();
        return creationTime;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public long getLastAccessedTime() {
        check();
        return creationTime;
    }

    @Override
    public ServletContext getServletContext() {
        throw new AssertionError("nobody needs it here");
    }

    @Override
    public void setMaxInactiveInterval(int interval) {
        maxInactive = interval;
    }

    @Override
    public int getMaxInactiveInterval() {
        return maxInactive;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        check();
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        check();
        return Collections.enumeration(attributes.keySet());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        check();
        if (value == null) {
            removeAttribute(name);
            return;
        }
        if (name.equals(refused)) {
            throw new IllegalArgumentException("attribute " + name + " is refused");
        }
        attributes.put(name, value);
        onChange.accept(name);
    }

    @Override
    public void removeAttribute(String name) {
        check();
        attributes.remove(name);
        onChange.accept(name);
    }

    @Override
    public void invalidate() {
        check();
        invalid = true;
        onEnd.run();
    }

    @Override
    public boolean isNew() {
        check();
        return true;
    }
}
