package io.limpet.it.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * What came back.
 *
 * @param status the status code
 * @param setCookies every {@code Set-Cookie} line, as written
 * @param location the {@code Location}, or empty
 * @param retryAfter the {@code Retry-After}, or empty
 * @param body as text
 */
public record Answer(int status, List<String> setCookies, String location, String retryAfter, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer of(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(),
                response.headers().allValues("Set-Cookie"),
                response.headers().firstValue("Location").orElse(""),
                response.headers().firstValue("Retry-After").orElse(""),
                response.body());
    }

    /** The session cookies that it sets, in their order. */
    public List<SessionCookie> sessionCookies() {
        return setCookies.stream()
                .filter(line -> line.startsWith(SessionCookie.NAME + "="))
                .map(SessionCookie::parse)
                .toList();
    }

    /**
     * The cart that it brings.
     *
     * @throws AssertionError unless it is one
     */
    public Cart cart() {
        if (status != 200) {
            throw new AssertionError("no cart but " + status + ": " + body);
        }
        return json(Cart.class);
    }

    /**
     * The JSON object that it brings.
     *
     * @throws AssertionError unless the body is such an object
     */
    public <T> T json(Class<T> type) {
        try {
            return JSON.readValue(body, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no " + type.getSimpleName() + " in the answer " + status + ": " + body, e);
        }
    }
}
