package io.limpet.probe.spring;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** One user, one page for users only, a form to log in. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class Security {

    /** The chain that web.xml registers behind Limpet's filter. */
    @Bean
    public SecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(it -> it.requestMatchers("/api/private")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                // who tests logs in with one request
                .csrf(AbstractHttpConfigurer::disable)
                .formLogin(form -> form.defaultSuccessUrl("/api/private", true))
                .build();
    }

    /** Who may log in. */
    @Bean
    public UserDetailsService users() {
        return new InMemoryUserDetailsManager(User.withUsername("ishmael")
                .password("{noop}whale")
                .roles("USER")
                .build());
    }
}
