package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where {@code dispatch()} leads when the container's own request tells of a forward, as Undertow's does. */
class AsyncCourseTest {

    private final HttpServletRequest request = ContainerMocks.request();
    private final AsyncCourse course = new AsyncCourse(request, mock(Exchange.class));

    private void arrived(String context, String uri) {
        request.setAttribute(RequestDispatcher.FORWARD_CONTEXT_PATH, context);
        request.setAttribute(RequestDispatcher.FORWARD_REQUEST_URI, uri);
    }

    private void isNow(String context, String uri) {
        when(request.getContextPath()).thenReturn(context);
        when(request.getRequestURI()).thenReturn(uri);
    }

    @Test
    void aRequestThatWasForwardedGoesBackToWhereItArrived() {
        arrived("/shop", "/shop/cart");
        isNow("/shop", "/shop/forwarded");

        assertThat(course.arrivedElsewhere()).hasValue("/cart");
    }

    @Test
    void oneThatWasNotForwardedIsWhereItArrived() {
        isNow("/shop", "/shop/cart");

        assertThat(course.arrivedElsewhere()).isEqualTo(Optional.empty());
    }

    @Test
    void whereARequestArrivedInAnotherApplicationIsNoPathOfThisOne() {
        arrived("/a", "/a/do");
        isNow("/administration", "/administration/forwarded");

        assertThat(course.arrivedElsewhere()).isEqualTo(Optional.empty());
    }
}
