package io.limpet.proxy.reload;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signal {@code SIGHUP}, by which daemons are told to read their settings again; without a handler it ends the JVM.
 *
 * <p>The JDK has signals in a package that the compiler warns of and lets nobody silence, so they are found by name.
 */
public final class HangUp {

    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

    private HangUp() {}

    /** Runs the task at each such signal, on a thread of the JVM's; where there are no signals it does nothing. */
    public static void runs(Runnable task) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
                task.run();
                return null;
            }
            return method.invoke(task, arguments);
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            Object byTask =
                    Proxy.newProxyInstance(HangUp.class.getClassLoader(), new Class<?>[] {signalHandler}, handler);
            signal.getMethod("handle", signal, signalHandler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), byTask);
        } catch (ReflectiveOperationException e) {
            LOG.info("no SIGHUP here; the settings are read again when their file changes");
        }
    }
}
