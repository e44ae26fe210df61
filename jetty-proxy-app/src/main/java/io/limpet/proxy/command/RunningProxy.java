package io.limpet.proxy.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.limpet.proxy.config.Setting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The admin listener of a running proxy, as a command finds it. */
final class RunningProxy {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The proxy does not answer, or not with yes; the message is for the operator. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9090",
            description = "Where the running proxy's admin listener is. Unless given: 127.0.0.1:9090.")
    private String address = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the admin token. Unless given: the environment's LIMPET_ADMIN_TOKEN.")
    private @Nullable Path tokenFile;

    JsonNode get(String path) throws RefusedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    JsonNode post(String path, String json) throws RefusedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
        token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return send(request);
    }

    private URI uri(String path) throws RefusedException {
        try {
            return URI.create("http://" + address + path);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("--admin: '" + address + "' is no address; write '127.0.0.1:9090'");
        }
    }

    private Optional<String> token() throws RefusedException {
        if (tokenFile == null) {
            return Optional.ofNullable(System.getenv(Setting.ADMIN_TOKEN.option()));
        }
        try {
            return Optional.of(Files.readString(tokenFile).strip());
        } catch (IOException e) {
            throw new RefusedException("--token-file: '" + tokenFile + "' cannot be read: " + e.getMessage());
        }
    }

    private JsonNode send(HttpRequest.Builder request) throws RefusedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> answer = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            JsonNode json = new ObjectMapper().readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new RefusedException("the proxy refuses (" + answer.statusCode() + "): " + reason(json));
            }
            return json;
        } catch (JacksonException e) {
            throw new RefusedException("what answers at " + address + " is no admin listener of limpet-proxy");
        } catch (IOException e) {
            throw new RefusedException(
                    "no proxy answers at " + address + ": " + e + "; is it running, and is this its --admin address?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("interrupted while waiting for " + address);
        }
    }

    private static String reason(JsonNode json) {
        return json.has("error")
                ? json.path("error").asText()
                : json.path("notes").toString();
    }
}
