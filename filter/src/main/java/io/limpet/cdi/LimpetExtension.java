package io.limpet.cdi;

import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessSyntheticBean;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Adds {@link LimpetBeans} to an application that has CDI.
 *
 * <p>An extension and no {@code beans.xml}: that would make a bean archive of this jar, and some servers would start CDI
 * for applications that have none.
 */
public final class LimpetExtension implements Extension {

    /** Of the applications that share this class, as a rule one. */
    private static final AtomicBoolean SESSION_BEANS = new AtomicBoolean();

    private static final Set<Class<?>> SCOPES = Set.of(SessionScoped.class, ConversationScoped.class);

    private static final List<String> OF_FACES = List.of("com.sun.faces.", "org.apache.myfaces.");

    /** Whether any bean of the application is kept in the session. */
    static boolean keepsBeansInSession() {
        return SESSION_BEANS.get();
    }

    void note(@Observes ProcessBean<?> bean) {
        if (SCOPES.contains(bean.getBean().getScope()) && !isOfServer(bean)) {
            SESSION_BEANS.set(true);
        }
    }

    /** Servers with Jakarta Faces add some to every application: its web sockets, the map of a session's attributes. */
    private static boolean isOfServer(ProcessBean<?> bean) {
        Class<?> type = bean.getBean().getBeanClass();
        boolean added = bean instanceof ProcessSyntheticBean<?>
                && type.getClassLoader() != LimpetExtension.class.getClassLoader();
        return added || OF_FACES.stream().anyMatch(type.getName()::startsWith);
    }

    void add(@Observes BeforeBeanDiscovery discovery) {
        discovery.addAnnotatedType(LimpetBeans.class, LimpetBeans.class.getName());
    }
}
