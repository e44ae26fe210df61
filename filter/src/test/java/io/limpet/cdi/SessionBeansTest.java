package io.limpet.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.Serializable;
import org.junit.jupiter.api.Test;

class SessionBeansTest {

    /** Nothing of a session. */
    @ApplicationScoped
    public static class Shelf {}

    /** One for each session. */
    @SessionScoped
    public static class Basket implements Serializable {
        private static final long serialVersionUID = 1;
    }

    private static void deploy(Class<?> bean) {
        SeContainer application = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new LimpetExtension())
                .addBeanClasses(bean)
                .initialize();
        application.close();
    }

    @Test
    void anApplicationKeepsBeansInTheSessionWhenOneOfThemHasItsScope() {
        deploy(Shelf.class);
        assertThat(SessionBeans.inUse()).isFalse();
        deploy(Basket.class);
        assertThat(SessionBeans.inUse()).isTrue();
    }
}
