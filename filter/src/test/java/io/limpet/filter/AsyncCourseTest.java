package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.filter.AsyncCourse.Place;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where {@code dispatch()} leads when the container's own request tells of a forward, as Undertow's does. */
class AsyncCourseTest {

    private final HttpServletRequest request = ContainerMocks.request();
    private final ServletContext here = mock(ServletContext.class);
    private final AsyncCourse course = new AsyncCourse(request, mock(Exchange.class));

    private void arrived(String context, String uri) {
        request.setAttribute(RequestDispatcher.FORWARD_CONTEXT_PATH, context);
        request.setAttribute(RequestDispatcher.FORWARD_REQUEST_URI, uri);
    }

    private void isNow(String path, String uri) {
        when(request.getServletContext()).thenReturn(here);
        when(request.getContextPath()).thenReturn(path);
        when(request.getRequestURI()).thenReturn(uri);
    }

    @Test
    void aRequestThatWasForwardedGoesBackToWhereItArrived() {
        arrived("/shop", "/shop/cart");
        isNow("/shop", "/shop/forwarded");

        assertThat(course.arrivedElsewhere()).hasValue(new Place(here, "/cart"));
    }

    @Test
    void oneThatWasNotForwardedIsWhereItArrived() {
        isNow("/shop", "/shop/cart");

        assertThat(course.arrivedElsewhere()).isEqualTo(Optional.empty());
    }

    @Test
    void oneThatAnotherApplicationHasForwardedGoesBackThere() {
        ServletContext there = mock(ServletContext.class);
        when(there.getContextPath()).thenReturn("/a");
        when(here.getContext("/a")).thenReturn(there);
        arrived("/a", "/a/do");
        isNow("/administration", "/administration/forwarded");

        assertThat(course.arrivedElsewhere()).hasValue(new Place(there, "/do"));
    }

    @Test
    void oneOfAnApplicationThatNobodyMayReachStaysWhereItIs() {
        arrived("/a", "/a/do");
        isNow("/administration", "/administration/forwarded");

        assertThat(course.arrivedElsewhere()).isEqualTo(Optional.empty());
    }
}
