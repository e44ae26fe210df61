package io.limpet.failover.hazelcast;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.client.config.ConnectionRetryConfig;
import java.time.Duration;

/**
 * The configuration of a client. Hazelcast's defaults let a call wait for a reconnection, take a hung member for a live
 * one for a minute, and report a write without its backup as done.
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
        // a write without its backup is no success
        config.setBackupAckToClientEnabled(true);
        config.setProperty("hazelcast.client.operation.fail.on.indeterminate.state", "true");
        config.setProperty(
                "hazelcast.client.operation.backup.timeout.millis",
                String.valueOf(storeTimeout.plusSeconds(5).toMillis()));
        return config;
    }
}
