package io.limpet.filter;

import io.limpet.Limpet;
import io.limpet.failover.Arrival;
import io.limpet.failover.Failover;
import io.limpet.failover.NoFailover;
import io.limpet.failover.Work.AtWork;
import io.limpet.route.PlainRoutes;
import io.limpet.route.RouteCodec;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Optional;

/**
 * Makes the sessions of an application sticky, and with {@code failover=true} lets them outlive their node.
 *
 * <p>Register it in {@code web.xml} first in the chain, for {@code /*}, with the dispatchers REQUEST, ASYNC, ERROR,
 * FORWARD and INCLUDE, and with {@code <async-supported>true</async-supported>}. A filter in front of it sees the
 * container's session and the untagged cookie.
 */
public final class LimpetFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(LimpetFilter.class.getName());
    private static final String DEFAULT_COOKIE = "JSESSIONID";

    /** Set once in {@link #init}, before the first request. */
    private transient volatile Optional<RunningNode> node = Optional.empty();

    /** @throws ServletException listing every mistake in the settings; the application then does not start */
    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        Settings settings = settings(config);
        SessionEvents events = SessionEvents.of(config.getServletContext());
        AdoptionListeners listeners =
                AdoptionListeners.of(config.getServletContext().getClassLoader());
        Failover failover = settings.failover() instanceof Settings.Replicated replicated
                ? FailoverStart.start(settings.node(), replicated, config.getServletContext())
                : new NoFailover();
        events.tell(failover);
        String cookie = cookieName(settings, config);
        Tagging tagging = new Tagging(
                settings.tagging(),
                new SessionTagger(codec(settings), settings.node(), cookie),
                new SessionTagger(new Untagged(), settings.node(), cookie));
        LiveSessions live = live(config.getServletContext(), events);
        NodeStatus status = new NodeStatus(settings.node(), settings.secrets(), failover, live);
        failover.leavingWhen(status.draining()::isBegun);
        NodeBean bean = NodeBean.register(status, live.context());
        DrainPage drainPage =
                new DrainPage(new PrivatePage(DrainPage.PATH, settings.secrets()), status, status.draining());
        node = Optional.of(new RunningNode(
                settings.node(),
                tagging,
                failover,
                status,
                drainPage,
                StopSignal.of(status.draining()),
                listeners,
                Follower.ofContainer(),
                bean));
        Limpet.started(settings.node(), config.getServletContext());
        LOG.log(
                Level.INFO,
                "this is node ''{0}'': its sessions are tagged in the cookie {1}{2}; failover is {3}",
                settings.node(),
                cookie,
                settings.secrets().now().isEmpty() ? "" : ", sealed",
                failover.replicates() ? "on" : "off");
    }

    private static Settings settings(FilterConfig config) throws ServletException {
        try {
            return new SettingsReader(System::getenv, System::getProperty, config::getInitParameter, ThisMachine::has)
                    .read(Collections.list(config.getInitParameterNames()), ThisMachine.name());
        } catch (IllegalArgumentException e) {
            throw new ServletException(e.getMessage(), e);
        }
    }

    private static RouteCodec codec(Settings settings) {
        return settings.secrets().now().isEmpty()
                ? new PlainRoutes()
                : new RenewedRoutes(settings.secrets(), settings.node());
    }

    private static LiveSessions live(ServletContext context, SessionEvents events) {
        if (!SessionEvents.areHeard(context)) {
            LOG.log(
                    Level.WARNING,
                    "nobody knows how many sessions there are, so that a drain of this node lasts until its deadline: {0} was"
                            + " not run, which the container finds in WEB-INF/lib; where it looks for no initializers, as an"
                            + " embedded server may, add it",
                    LimpetInitializer.class.getName());
            return LiveSessions.uncounted(context.getContextPath());
        }
        return new LiveSessions(context.getContextPath(), events, System::nanoTime);
    }

    private static String cookieName(Settings settings, FilterConfig config) {
        return settings.cookie()
                .or(() -> Optional.ofNullable(
                        config.getServletContext().getSessionCookieConfig().getName()))
                .orElse(DEFAULT_COOKIE);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RunningNode started = node.orElseThrow(() -> new ServletException("the filter is not initialized"));
        Optional<Exchange> exchange = LimpetRequest.exchangeOf(request, started.failover());
        if (exchange.isPresent()) {
            goOn(exchange.get(), request, response, chain);
        } else if (request.getDispatcherType() != DispatcherType.REQUEST || !started.answers(request, response)) {
            arrive(started, request, response, chain);
        }
    }

    /** A forward, an include or an asynchronous dispatch, which comes with our wrappers. */
    private static void goOn(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        AtWork here = exchange.work().begin();
        try (here) {
            chain.doFilter(request, response);
        } finally {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                exchange.beforeCommit();
            }
        }
    }

    private static void arrive(
            RunningNode started, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange exchange = new Exchange(request, response, started.tagging().of(request), started.failover());
        started.status().requestStarted();
        try {
            exchange.news().counting(started.status().sessions());
            Arrival arrival = exchange.arrive();
            if (Misdirected.answers(request, response, arrival, started.failover())
                    || Misdirected.answersForALost(request, response, arrival, exchange.news())) {
                return;
            }
            if (arrival.found() == Arrival.Found.UNKNOWN) {
                exchange.refuse();
                return;
            }
            started.tell(request, arrival);
            if (started.follower().mustComeAgain(request, arrival)) {
                if (exchange.beforeCommit()) { // the new id leads to the record before the client knows it
                    Follower.sendBack(arrival.made() || exchange.told(), request, response);
                }
                return;
            }
            serve(exchange, response, chain);
        } finally {
            started.status().requestReturned(request, exchange);
        }
    }

    /** The chain runs with our wrappers; then what is left is saved. */
    private static void serve(Exchange exchange, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        LimpetResponse wrapped = new LimpetResponse(response, exchange);
        AtWork here = exchange.work().begin();
        try (here) {
            chain.doFilter(exchange.arrived(wrapped), wrapped);
        } finally {
            exchange.beforeCommit();
        }
    }

    @Override
    public void destroy() {
        node.ifPresent(RunningNode::stop);
        node = Optional.empty();
    }
}
