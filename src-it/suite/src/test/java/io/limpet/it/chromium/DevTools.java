package io.limpet.it.chromium;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The DevTools protocol of one tab: a command, and its answer. Events are passed over. */
final class DevTools {

    private static final long LIMIT_SECONDS = 30;

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final WebSocket socket;

    private DevTools(HttpClient http, URI uri) {
        socket = http.newWebSocketBuilder().buildAsync(uri, new Listener()).join();
    }

    static DevTools connect(HttpClient http, URI uri) {
        return new DevTools(http, uri);
    }

    ObjectNode parameters() {
        return json.createObjectNode();
    }

    /** Sends a command and waits for what it returns. */
    JsonNode send(String method, ObjectNode parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode command = json.createObjectNode().put("id", id).put("method", method);
        command.set("params", parameters);
        socket.sendText(command.toString(), true).join();
        try {
            JsonNode answered = answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (answered.has("error")) {
                throw new AssertionError(method + ": " + answered.path("error"));
            }
            return answered.path("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(method + " was not answered", e);
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                hear(message.toString());
                message.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }

    private void hear(String message) {
        try {
            JsonNode heard = json.readTree(message);
            CompletableFuture<JsonNode> waiting =
                    answers.remove(heard.path("id").asInt());
            if (waiting != null) {
                waiting.complete(heard);
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError("the browser says no JSON", e);
        }
    }
}
