package io.limpet.cdi;

import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessProducerField;
import jakarta.enterprise.inject.spi.ProcessProducerMethod;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

    private static final Logger LOG = System.getLogger(LimpetExtension.class.getName());

    /** Of the applications that share this class, as a rule one. */
    private static final AtomicBoolean SESSION_BEANS = new AtomicBoolean();

    private static final AtomicBoolean OPEN_WEB_BEANS = new AtomicBoolean();

    private static final Set<Class<?>> SCOPES = Set.of(SessionScoped.class, ConversationScoped.class);

    /** Whose beans are in every application of theirs; to take one for the application's costs a 307 and no more. */
    private static final List<String> OF_SERVERS = List.of(
            "com.ibm.ws.",
            "com.sun.enterprise.",
            "com.sun.faces.",
            "fish.payara.",
            "io.openliberty.",
            "org.apache.myfaces.",
            "org.glassfish.",
            "org.jboss.",
            "org.wildfly.");

    /** Whether any bean of the application is kept in the session. */
    static boolean keepsBeansInSession() {
        return SESSION_BEANS.get();
    }

    static boolean isOpenWebBeans() {
        return OPEN_WEB_BEANS.get();
    }

    void note(@Observes ProcessBean<?> bean) {
        if (SCOPES.contains(bean.getBean().getScope())
                && isOfApplication(bean)
                && SESSION_BEANS.compareAndSet(false, true)) {
            LOG.log(
                    Level.INFO,
                    "the session keeps beans, as {0}: a request with a former id of its session will be sent back with the"
                            + " new one (307)",
                    bean.getBean().getBeanClass().getName());
        }
    }

    /**
     * Servers have some in every application: the session itself, which Weld has built in, the map of its attributes that
     * Jakarta Faces adds, and beans that they declare.
     */
    private static boolean isOfApplication(ProcessBean<?> bean) {
        Class<?> type = bean.getBean().getBeanClass();
        boolean declared = bean instanceof ProcessManagedBean<?>
                || bean instanceof ProcessProducerMethod<?, ?>
                || bean instanceof ProcessProducerField<?, ?>;
        boolean beside = type.getClassLoader() == LimpetExtension.class.getClassLoader();
        return beside || (declared && OF_SERVERS.stream().noneMatch(type.getName()::startsWith));
    }

    void add(@Observes BeforeBeanDiscovery discovery, BeanManager manager) {
        OPEN_WEB_BEANS.set(manager.getClass().getName().startsWith("org.apache.webbeans."));
        discovery.addAnnotatedType(LimpetBeans.class, LimpetBeans.class.getName());
    }
}
