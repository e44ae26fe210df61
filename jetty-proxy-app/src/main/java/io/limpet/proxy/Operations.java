package io.limpet.proxy;

import io.limpet.proxy.admin.AdminServer;
import io.limpet.proxy.admin.Operated;
import io.limpet.proxy.admin.ReloadOutcome;
import io.limpet.proxy.config.AccessLogSettings;
import io.limpet.proxy.config.AdminSettings;
import io.limpet.proxy.config.ListenAddress;
import io.limpet.proxy.config.OperatingSettings;
import io.limpet.proxy.journal.AccessLog;
import io.limpet.proxy.journal.Formats;
import io.limpet.proxy.journal.Journal;
import io.limpet.proxy.metrics.ProxyMetrics;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.peer.PeerView;
import io.limpet.proxy.peer.Peers;
import io.limpet.proxy.reload.Reload;
import io.limpet.proxy.reload.Reloaded;
import io.limpet.proxy.trace.Spans;
import io.limpet.proxy.trace.Tracing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators have of one proxy: what is written down of its requests, and the listener where they look and order.
 *
 * <p>Started and stopped by one thread.
 */
final class Operations {

    private static final Duration FIRST_ORDERS = Duration.ofSeconds(1);
    private static final String STDOUT = "stdout";
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    private final AdminSettings settings;
    private final Optional<ProxyMetrics> metrics;
    private final Optional<AccessLog> accessLog;
    private final Tracing tracing;
    private final List<Journal> journals;
    private volatile Supplier<ReloadOutcome> reload =
            () -> new ReloadOutcome(false, List.of("this proxy has no file to read again"));
    private Optional<AdminServer> admin = Optional.empty();
    private volatile Optional<Peers> peers = Optional.empty();

    Operations(OperatingSettings operating, List<Journal> also) {
        journals = new ArrayList<>(also);
        settings = operating.admin();
        metrics = settings.address().map(address -> new ProxyMetrics());
        metrics.ifPresent(journals::add);
        accessLog = accessLog(operating.accessLog());
        accessLog.ifPresent(journals::add);
        tracing = operating.tracing() ? Spans.asTheEnvironmentSays() : Tracing.OFF;
    }

    private static Optional<AccessLog> accessLog(AccessLogSettings settings) {
        if (!settings.isOn()) {
            return Optional.empty();
        }
        AccessLog.Format format =
                settings.format() == AccessLogSettings.Format.JSON ? Formats::json : Formats::combined;
        return Optional.of(
                settings.to().equals(STDOUT)
                        ? AccessLog.to(System.out, format)
                        : AccessLog.to(Path.of(settings.to()), format));
    }

    /** Where requests get their place in a trace. */
    Tracing tracing() {
        return tracing;
    }

    /** Where requests are written down. */
    Journal journal() {
        return Journal.all(journals);
    }

    /**
     * What other proxies were ordered holds here, too, from before the first request: of those who answer within a
     * second.
     */
    void share(NodeStates states) {
        follow(settings, states, FIRST_ORDERS);
    }

    /** What can change while the proxy runs. */
    void apply(OperatingSettings changed, NodeStates states) {
        follow(changed.admin(), states, Duration.ZERO);
    }

    private synchronized void follow(AdminSettings changed, NodeStates states, Duration patience) {
        if (peers.isPresent()) {
            peers.get().follow(changed.peers());
            return;
        }
        if (!changed.peers().isEmpty() && settings.token().isPresent()) {
            Peers others = new Peers(changed.peers(), settings.token().get(), states);
            peers = Optional.of(others);
            others.start(patience);
        }
    }

    /** By what the settings are read again. */
    void reloadBy(Reload reloading) {
        reload = () -> {
            Reloaded reloaded = reloading.run();
            return new ReloadOutcome(!(reloaded instanceof Reloaded.Refused), List.of(reloaded.describe()));
        };
    }

    /**
     * Opens the operators' listener, when there is one.
     *
     * @throws IOException when somebody has chosen its address and it cannot be bound
     * @throws Exception when Jetty cannot start for another reason
     */
    void start(LimpetProxyServlet servlet, Executor threads) throws Exception {
        if (metrics.isEmpty() || settings.address().isEmpty()) {
            return;
        }
        ProxyMetrics counted = metrics.get();
        counted.counter("limpet.forged.routes", "Session cookies with a forged route", servlet::forgedRoutes);
        counted.show(servlet.takeovers());
        counted.showQueues(servlet::queued);
        counted.showPeers(() -> views().stream().collect(Collectors.toMap(PeerView::address, PeerView::answers)));
        if (threads instanceof QueuedThreadPool pool) {
            counted.gauge("limpet.queue", "Tasks that wait for a thread", pool::getQueueSize);
        }
        ListenAddress address = settings.address().get();
        AdminServer server = new AdminServer(
                address,
                settings.token(),
                new Operated(servlet.states(), counted, servlet::explain, () -> reload.get(), this::views));
        try {
            server.start();
        } catch (IOException e) {
            server.stop();
            if (settings.chosen()) {
                throw e;
            }
            LOG.warn("no dashboard: {} is taken; choose another address with --admin, or 'off'", address);
            return;
        }
        admin = Optional.of(server);
        LOG.info(
                "dashboard, API and metrics are at http://{}{}",
                server.address(),
                settings.token().isPresent() ? "" : ", to look at only: there is no LIMPET_ADMIN_TOKEN");
    }

    private List<PeerView> views() {
        return peers.map(Peers::views).orElse(List.of());
    }

    Optional<ListenAddress> adminAddress() {
        return admin.map(AdminServer::address);
    }

    /** @throws Exception when Jetty cannot stop in order */
    void stop() throws Exception {
        peers.ifPresent(Peers::stop);
        if (admin.isPresent()) {
            admin.get().stop();
        }
        // requests that are cut by the stop are not waited for
        accessLog.ifPresent(AccessLog::close);
        tracing.stop();
    }
}
