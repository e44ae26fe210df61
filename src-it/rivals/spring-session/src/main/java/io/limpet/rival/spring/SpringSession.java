package io.limpet.rival.spring;

import com.hazelcast.config.AttributeConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.IndexConfig;
import com.hazelcast.config.IndexType;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.EnumSet;
import java.util.Optional;
import org.springframework.session.MapSession;
import org.springframework.session.hazelcast.HazelcastIndexedSessionRepository;
import org.springframework.session.hazelcast.HazelcastSessionSerializer;
import org.springframework.session.hazelcast.PrincipalNameExtractor;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** Registers Spring Session's filter over a member that {@code -Dhazelcast.config} describes. */
public final class SpringSession implements ServletContextListener {

    private Optional<HazelcastInstance> hazelcast = Optional.empty();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Config config = Config.load();
        config.setClassLoader(SpringSession.class.getClassLoader());
        String principal = HazelcastIndexedSessionRepository.PRINCIPAL_NAME_ATTRIBUTE;
        config.getMapConfig(HazelcastIndexedSessionRepository.DEFAULT_SESSION_MAP_NAME)
                .addAttributeConfig(new AttributeConfig(principal, PrincipalNameExtractor.class.getName()))
                .addIndexConfig(new IndexConfig(IndexType.HASH, principal));
        config.getSerializationConfig()
                .addSerializerConfig(new SerializerConfig()
                        .setImplementation(new HazelcastSessionSerializer())
                        .setTypeClass(MapSession.class));
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
        hazelcast = Optional.of(member);
        HazelcastIndexedSessionRepository sessions = new HazelcastIndexedSessionRepository(member);
        sessions.afterPropertiesSet();
        event.getServletContext()
                .addFilter("spring-session", new SessionRepositoryFilter<>(sessions))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        hazelcast.ifPresent(HazelcastInstance::shutdown);
    }
}
