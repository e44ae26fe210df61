package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutoRegistrationTest {

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> contextParams = new HashMap<>();
    private final AutoRegistration auto = new AutoRegistration(environment::get, properties::get);
    private final FilterRegistration.Dynamic added = mock(FilterRegistration.Dynamic.class);
    private final ServletContext context = mock(ServletContext.class);

    AutoRegistrationTest() {
        when(context.getInitParameter(anyString())).thenAnswer(call -> contextParams.get(call.<String>getArgument(0)));
        when(context.getInitParameterNames())
                .thenAnswer(call -> Collections.enumeration(List.copyOf(contextParams.keySet())));
        when(context.addFilter(anyString(), eq(LimpetFilter.class))).thenReturn(added);
    }

    private void assertRegistered() {
        verify(added).addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        verify(added).setAsyncSupported(true);
    }

    private void assertNotRegistered() {
        verify(context, never()).addFilter(anyString(), any(Filter.class));
        verify(context, never()).addFilter(anyString(), eq(LimpetFilter.class));
    }

    @Test
    void byDefaultTheApplicationRegistersTheFilter() {
        auto.registerIn(context);
        assertNotRegistered();
    }

    @Test
    void itIsRegisteredFirstForEveryDispatchWhenAContextParamSaysSo() {
        contextParams.put("limpet.auto", "true");
        auto.registerIn(context);
        assertRegistered();
    }

    @Test
    void theEnvironmentWinsOverThePropertyAndThatOverTheContextParam() {
        environment.put("LIMPET_AUTO", "true");
        properties.put("limpet.auto", "false");
        contextParams.put("limpet.auto", "false");
        auto.registerIn(context);
        assertRegistered();
    }

    @Test
    void anOperatorCanSwitchItOff() {
        properties.put("limpet.auto", "FALSE");
        contextParams.put("limpet.auto", "true");
        auto.registerIn(context);
        assertNotRegistered();
    }

    @Test
    void theOtherContextParamsOfLimpetAreTheFiltersSettings() {
        contextParams.putAll(
                Map.of("limpet.auto", "true", "limpet.session-classes", "com.acme.**", "theme", "limpet.dark"));
        auto.registerIn(context);
        verify(added).setInitParameter("session-classes", "com.acme.**");
        verify(added, never()).setInitParameter(eq("auto"), anyString());
        verify(added, never()).setInitParameter(eq("theme"), anyString());
    }

    @Test
    void aFilterThatTheApplicationRegistersStaysTheOnlyOne() {
        FilterRegistration own = mock(FilterRegistration.class);
        when(own.getClassName()).thenReturn(LimpetFilter.class.getName());
        doReturn(Map.of("sticky", own)).when(context).getFilterRegistrations();
        contextParams.put("limpet.auto", "true");
        auto.registerIn(context);
        assertNotRegistered();
    }

    @Test
    void nonsenseIsRefused() {
        contextParams.put("limpet.auto", "yes");
        assertThatThrownBy(() -> auto.registerIn(context)).hasMessage("limpet.auto: 'yes' must be true or false");
    }
}
