package io.limpet.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.Affinity;
import io.limpet.Limpet;
import io.limpet.SessionAdoption;
import io.limpet.route.Route;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CdiTest {

    private static final Affinity TAKEN_OVER =
            new Affinity(new Route("n2"), Affinity.Choice.TAKEOVER, Optional.of(new Route("n1")), true);

    private final SeContainer application = SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addExtensions(new LimpetExtension())
            .addBeanClasses(Audience.class, Server.class)
            .initialize();

    /** A bean of an application. */
    @ApplicationScoped
    public static class Audience {
        private final List<String> heard = new ArrayList<>();

        void adopted(@Observes SessionAdoption adoption) {
            heard.add(adoption.oldId() + " from " + adoption.from());
        }

        /** What it heard; a method, as the bean that is injected is a proxy. */
        public List<String> heard() {
            return heard;
        }
    }

    /** The bean that a server has built in. */
    @Dependent
    public static class Server {
        private static final HttpServletRequest REQUEST = mock(HttpServletRequest.class);

        @Produces
        HttpServletRequest request() {
            return REQUEST;
        }
    }

    @BeforeEach
    void passTheFilter() {
        Limpet.started(new Route("n2"), mock(ServletContext.class));
        when(Server.REQUEST.getAttribute(Limpet.ATTRIBUTE)).thenReturn(TAKEN_OVER);
    }

    @AfterEach
    void end() {
        if (application.isRunning()) {
            application.close();
        }
    }

    @Test
    void theNodeAndTheAffinityOfTheRequestCanBeInjected() {
        assertThat(application.select(Route.class).get()).isEqualTo(new Route("n2"));
        assertThat(application.select(Affinity.class).get()).isEqualTo(TAKEN_OVER);
    }

    @Test
    void aRequestThatDidNotPassTheFilterSaysWhatToChange() {
        when(Server.REQUEST.getAttribute(Limpet.ATTRIBUTE)).thenReturn(null);
        assertThatThrownBy(() -> application.select(Affinity.class).get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("put it first in the chain");
    }

    @Test
    void observersHearOfAnAdoptedSession() {
        new AdoptionEvent().sessionAdopted(new SessionAdoption(mock(HttpSession.class), "4F2A", new Route("n1")));
        assertThat(application.select(Audience.class).get().heard()).containsExactly("4F2A from n1");
    }

    @Test
    void anApplicationWithoutCdiOnAServerThatHasItHearsNothing() {
        application.close();
        SessionAdoption adoption = new SessionAdoption(mock(HttpSession.class), "4F2A", new Route("n1"));
        assertThatCode(() -> new AdoptionEvent().sessionAdopted(adoption)).doesNotThrowAnyException();
    }
}
