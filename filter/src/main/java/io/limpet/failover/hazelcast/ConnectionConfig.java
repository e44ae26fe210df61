package io.limpet.failover.hazelcast;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.client.config.ConnectionRetryConfig;
import java.time.Duration;

/**
 * The configuration of a client. Hazelcast's defaults let a call wait for a reconnection, take a hung member for a live
 * one for a minute, and fail a write while one of the members cannot be reached.
 */
final class ConnectionConfig {

    private ConnectionConfig() {}

    static ClientConfig of(ClusterSettings settings) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(settings.cluster());
        Discovery.of(settings.members(), config.getNetworkConfig());
        config.getNetworkConfig().setConnectionTimeout(2000);
        config.setProperty("hazelcast.client.heartbeat.interval", "1000");
        config.setProperty("hazelcast.client.heartbeat.timeout", "10000");
        config.setProperty("hazelcast.client.invocation.retry.pause.millis", "100");
        config.setProperty("hazelcast.client.statistics.enabled", "false");
        config.setProperty("hazelcast.logging.type", "jdk");
        config.getMetricsConfig().setEnabled(false);
        config.getSerializationConfig().setJavaSerializationFilterConfig(MemberConfig.javaSerializationFilter());
        return config;
    }

    /** What the store cannot do without, whoever wrote the rest. */
    static ClientConfig complete(ClientConfig config, Duration storeTimeout, ClassLoader classLoader) {
        config.setClassLoader(classLoader);
        // the application starts without its store, as it goes on without it; no request waits for a connection
        config.getConnectionStrategyConfig().setAsyncStart(true).setReconnectMode(ReconnectMode.ASYNC);
        ConnectionRetryConfig retry = config.getConnectionStrategyConfig().getConnectionRetryConfig();
        retry.setInitialBackoffMillis(100).setMaxBackoffMillis(2000).setMultiplier(1.5);
        retry.setClusterConnectTimeoutMillis(-1); // for ever; a client that gave up would never come back
        // a write that may have arrived is decided on by the protocol, not sent again by Hazelcast
        config.getNetworkConfig().setRedoOperation(false);
        config.setProperty(
                "hazelcast.client.invocation.timeout.seconds",
                String.valueOf(storeTimeout.plusSeconds(1).toSeconds()));
        // the member that writes waits for its backup; to be told by the other one takes a connection to that, too
        config.setBackupAckToClientEnabled(false);
        return config;
    }
}
