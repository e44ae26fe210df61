package io.limpet.cdi;

import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;

/** Whether the application has beans that its CDI keeps in the session. */
public final class SessionBeans {

    private SessionBeans() {}

    /** Who knows the classes of the server's CDI, of which it keeps some in the session; to be asked during a request. */
    public static Optional<ClassLoader> loader() {
        try {
            return Optional.ofNullable(CDI.current().getBeanManager().getClass().getClassLoader());
        } catch (IllegalStateException e) {
            return Optional.empty(); // the server has CDI, this application has not
        }
    }

    /**
     * Whether a request keeps the beans of the session that it had when it arrived, before any filter, and none of one that
     * is filled later: OpenWebBeans does so.
     */
    public static boolean areBoundAtArrival() {
        return LimpetExtension.isOpenWebBeans();
    }

    /** Whether there are any. */
    public static boolean inUse() {
        return LimpetExtension.keepsBeansInSession();
    }
}
