package io.limpet.filter;

import io.limpet.failover.Failover;
import io.limpet.failover.JavaSessionCodec;
import io.limpet.failover.Replication;
import io.limpet.failover.ReplicationSettings;
import io.limpet.failover.SessionCodec;
import io.limpet.failover.hazelcast.ClusterSettings;
import io.limpet.failover.hazelcast.HazelcastStore;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.route.Route;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ServiceLoader;

/** Starts failover. Nothing of Hazelcast is loaded before this class is, and it is loaded only when failover is on. */
final class FailoverStart {

    private static final Logger LOG = System.getLogger(FailoverStart.class.getName());

    private FailoverStart() {}

    /** @throws ServletException when the cluster cannot be started; says what to change */
    static Failover start(Route node, Settings.Replicated settings, ServletContext context) throws ServletException {
        if (!SessionEvents.areHeard(context)) {
            throw new ServletException("failover=true needs " + LimpetInitializer.class.getName()
                    + ", which the container finds in WEB-INF/lib; where it looks for no initializers, as an embedded server"
                    + " may, add it: it registers the session listeners");
        }
        Distributable.warnUnlessDeclared(context);
        try {
            ClassLoader application = context.getClassLoader();
            // first, since it may fail: a member that has joined must not be left behind
            SessionCodec codec = ServiceLoader.load(SessionCodec.class, application)
                    .findFirst()
                    .orElseGet(
                            () -> new JavaSessionCodec(settings.sessionClasses(), application, ServerClasses::loaders));
            SessionStore store = HazelcastStore.start(
                    new ClusterSettings(
                            settings.cluster(),
                            settings.members(),
                            settings.topology(),
                            settings.quorum(),
                            settings.hazelcastConfig(),
                            settings.storeTimeout(),
                            application,
                            settings.proxies()),
                    node,
                    context.getContextPath());
            boolean rejectUnsaved = settings.onStoreFailure() == Settings.OnStoreFailure.REJECT;
            return new Replication(
                    store,
                    codec,
                    new ReplicationSettings(node, rejectUnsaved, settings.dirty(), settings.storeTimeout()),
                    Clock.systemUTC());
        } catch (NoClassDefFoundError e) {
            throw new ServletException(missing(String.valueOf(e.getMessage())), e);
        } catch (IllegalStateException | IllegalArgumentException e) {
            LOG.log(Level.ERROR, "failover cannot be started: {0}", e.getMessage());
            throw new ServletException("failover cannot be started: " + e.getMessage(), e);
        }
    }

    /** Says what to do about a class that is not there: the library is missing, or the server hides a part of the JDK. */
    static String missing(String className) {
        return className.startsWith("com/hazelcast/")
                ? "failover=true needs Hazelcast in WEB-INF/lib (" + className
                        + " is missing); add com.hazelcast:hazelcast:5.7.0 to the application"
                : "failover=true cannot be started: the server does not let the application see " + className
                        + "; make it visible (on WildFly: the module jdk.unsupported)";
    }
}
