package io.limpet.cdi;

import jakarta.enterprise.context.ConversationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Set;

/** Whether the application has beans that its CDI keeps in the session. */
public final class SessionBeans {

    private static final Set<Class<?>> SCOPES = Set.of(SessionScoped.class, ConversationScoped.class);

    private SessionBeans() {}

    /** To be asked during a request. */
    public static boolean inUse() {
        try {
            return CDI.current().getBeanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                    .anyMatch(bean -> SCOPES.contains(bean.getScope()));
        } catch (IllegalStateException e) {
            return false; // the server has CDI, this application has not
        }
    }
}
