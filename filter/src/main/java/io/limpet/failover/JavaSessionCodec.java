package io.limpet.failover;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Java serialization behind an allow-list that holds in both directions: a class that could not be read back on the
 * night of a failover is reported when it is first written, on the developer's machine.
 */
public final class JavaSessionCodec implements SessionCodec {

    private final AllowedClasses allowed;
    private final ClassLoader application;
    private final Supplier<List<ClassLoader>> server;

    /**
     * @param sessionClasses the application's classes that may be stored: names, {@code package.*}, {@code package.**}
     * @param application the class loader of the application
     */
    public JavaSessionCodec(List<String> sessionClasses, ClassLoader application) {
        this(sessionClasses, application, List::of);
    }

    /**
     * @param sessionClasses the classes that may be stored: names, {@code package.*}, {@code package.**}
     * @param application the class loader of the application
     * @param server where to look for those of the server that the application does not see; asked when one is missing
     */
    public JavaSessionCodec(List<String> sessionClasses, ClassLoader application, Supplier<List<ClassLoader>> server) {
        this.allowed = new AllowedClasses(sessionClasses);
        this.application = application;
        this.server = server;
    }

    @Override
    public byte[] write(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        Nesting nesting = new Nesting();
        try (ObjectOutputStream out = new CheckedOutput(bytes, nesting)) {
            out.writeObject(value);
        } catch (StackOverflowError e) {
            throw new IOException(
                    "nested too deeply to be serialized: " + value.getClass().getName(), e);
        }
        byte[] written = bytes.toByteArray();
        if (nesting.isSuspected() || written.length > AllowedClasses.MAX_REFERENCES) {
            readBack(written);
        }
        return written;
    }

    /** Only the reader knows for certain what is too deep or too large for it; rarely is it near enough to be asked. */
    private void readBack(byte[] written) throws IOException {
        try {
            read(written);
        } catch (IOException e) {
            throw new IOException(
                    "too deep or too large to be read on another node (limits: " + AllowedClasses.LIMITS + "): "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public Object read(byte[] bytes) throws IOException {
        try (ObjectInputStream in = new ApplicationInput(bytes)) {
            Object value = in.readObject();
            if (value == null) {
                throw new IOException("null, which no session holds");
            }
            return value;
        } catch (ClassNotFoundException e) {
            throw new IOException("class " + e.getMessage() + " is unknown on this node", e);
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            // hostile or outdated bytes may make any readObject throw anything
            throw new IOException("cannot be read back: " + e, e);
        }
    }

    private final class CheckedOutput extends ObjectOutputStream {
        /** The stream has failed and writes down why, as it does before it throws that. */
        private boolean failing;

        private final Nesting nesting;

        CheckedOutput(OutputStream out, Nesting nesting) throws IOException {
            super(out);
            this.nesting = nesting;
            enableReplaceObject(true);
        }

        /** Replaces nothing: it is how the stream tells of each object. */
        @Override
        protected Object replaceObject(Object value) {
            nesting.enter();
            return value;
        }

        @Override
        protected void annotateClass(Class<?> type) throws IOException {
            failing |= ObjectStreamException.class.isAssignableFrom(type);
            if (!failing && !allowed.allows(type)) {
                throw new InvalidClassException(
                        type.getName(), "not allowed in the store; add it to the setting session-classes");
            }
        }

        @Override
        protected void annotateProxyClass(Class<?> type) throws IOException {
            throw new InvalidClassException(type.getName(), "dynamic proxies are not stored");
        }
    }

    private final class ApplicationInput extends ObjectInputStream {
        private final Unfolding unfolding = new Unfolding();

        ApplicationInput(byte[] bytes) throws IOException {
            super(new ByteArrayInputStream(bytes));
            setObjectInputFilter(allowed);
            enableResolveObject(true);
        }

        /** Replaces nothing: it is how the stream tells of each object that is read, but of none that is there again. */
        @Override
        protected Object resolveObject(Object read) throws IOException {
            unfolding.measure(read);
            return read;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, application);
            } catch (ClassNotFoundException e) {
                Optional<Class<?>> hidden = hiddenOfServer(description.getName());
                return hidden.isPresent() ? hidden.get() : super.resolveClass(description); // primitive types
            }
        }

        /** A server may keep in a session what it does not show to the application, as Open Liberty does for CDI. */
        private Optional<Class<?>> hiddenOfServer(String name) {
            return server.get().stream()
                    .flatMap(loader -> load(name, loader).stream())
                    .findFirst();
        }

        private static Optional<Class<?>> load(String name, ClassLoader loader) {
            try {
                return Optional.of(Class.forName(name, false, loader));
            } catch (ClassNotFoundException e) {
                return Optional.empty();
            }
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
            throw new InvalidClassException(Proxy.class.getName(), "dynamic proxies are not read");
        }
    }
}
