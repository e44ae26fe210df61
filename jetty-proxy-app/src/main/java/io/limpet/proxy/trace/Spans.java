package io.limpet.proxy.trace;

import io.limpet.proxy.journal.Finished;
import io.limpet.proxy.journal.Formats;
import io.limpet.proxy.node.Choice;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A span of each request: a child of the client's, if it brings one, and the parent of the node's. Attributes are those of
 * OpenTelemetry's HTTP conventions, and {@code limpet.reason}, {@code limpet.node} and {@code limpet.attempts}; neither
 * query nor session stands in them.
 */
public final class Spans implements Tracing {

    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final long FAREWELL_SECONDS = 3;
    private static final int SERVER_ERROR = 500;

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;

    /** Spans for this SDK. */
    Spans(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("io.limpet.proxy");
    }

    /**
     * Spans as OpenTelemetry's own environment variables say ({@code OTEL_EXPORTER_OTLP_ENDPOINT},
     * {@code OTEL_TRACES_SAMPLER}, {@code OTEL_SERVICE_NAME} and so on).
     *
     * @throws RuntimeException when they contradict each other
     */
    public static Spans asTheEnvironmentSays() {
        Map<String, String> unlessSaid = Map.of(
                "otel.service.name", "limpet-proxy",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none");
        return new Spans(AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> unlessSaid)
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk());
    }

    @Override
    public Trace begin(Request request) {
        Context client = W3C.extract(Context.root(), request.getHeaders(), new Fields());
        Span span = tracer.spanBuilder(request.getMethod())
                .setParent(client)
                .setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(Request.getTimeStamp(request), TimeUnit.MILLISECONDS)
                .setAttribute("http.request.method", request.getMethod())
                .setAttribute("url.scheme", String.valueOf(request.getHttpURI().getScheme()))
                .setAttribute(
                        "url.path",
                        Formats.withoutSession(
                                String.valueOf(request.getHttpURI().getPath())))
                .setAttribute("server.address", String.valueOf(Request.getServerName(request)))
                .setAttribute("server.port", Request.getServerPort(request))
                .setAttribute("client.address", Request.getRemoteAddr(request))
                .startSpan();
        return new Proxied(span, client.with(span));
    }

    @Override
    public void stop() {
        var unused = sdk.shutdown().join(FAREWELL_SECONDS, TimeUnit.SECONDS);
    }

    private record Proxied(Span span, Context context) implements Trace {

        private static final List<String> FIELDS = List.copyOf(W3C.fields());

        @Override
        public boolean replaces(HttpField field) {
            return FIELDS.contains(field.getLowerCaseName());
        }

        @Override
        public void tell(HttpFields.Mutable node) {
            W3C.inject(context, node, (fields, name, value) -> {
                if (fields != null) {
                    fields.put(name, value);
                }
            });
        }

        @Override
        public void end(Finished finished) {
            span.setAttribute("http.response.status_code", finished.status());
            span.setAttribute("limpet.reason", finished.choice().reason().toString());
            finished.node().ifPresent(node -> span.setAttribute("limpet.node", node.toString()));
            if (finished.choice() instanceof Choice.Takeover takeover) {
                span.setAttribute("limpet.from", takeover.lostOwner().name());
            } else if (finished.choice() instanceof Choice.Rebalanced rebalanced) {
                span.setAttribute("limpet.from", rebalanced.from().name());
            }
            if (finished.attempts() > 1) {
                span.setAttribute("limpet.attempts", finished.attempts());
            }
            if (finished.status() >= SERVER_ERROR) {
                span.setAttribute("error.type", String.valueOf(finished.status()));
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }

    /** A traceparent that comes twice is none (Trace Context §3.2); tracestate may come in several lines (§3.3). */
    private static final class Fields implements TextMapGetter<HttpFields> {
        @Override
        public Iterable<String> keys(HttpFields fields) {
            return fields.getFieldNamesCollection();
        }

        @Override
        public @Nullable String get(@Nullable HttpFields fields, String name) {
            List<String> lines = fields == null ? List.of() : fields.getValuesList(name);
            if (lines.isEmpty() || (lines.size() > 1 && name.equals("traceparent"))) {
                return null;
            }
            return String.join(",", lines);
        }
    }
}
