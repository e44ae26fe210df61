package io.limpet.cdi;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Adds {@link LimpetBeans} to an application that has CDI.
 *
 * <p>An extension and no {@code beans.xml}: that would make a bean archive of this jar, and some servers would start CDI
 * for applications that have none.
 */
public final class LimpetExtension implements Extension {

    void add(@Observes BeforeBeanDiscovery discovery) {
        discovery.addAnnotatedType(LimpetBeans.class, LimpetBeans.class.getName());
    }
}
