package io.limpet.shop;

import com.fasterxml.jackson.jr.ob.JSON;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the API answers, with its members in the documented order. */
final class Json {

    private Json() {}

    /** {@code {"node":"n1","session":"4F2A9C31","items":["…"],"visits":7}}, and {@code "user"} once there is one. */
    static Map<String, Object> of(Visitor visitor) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("node", NodeName.get());
        answer.put("session", visitor.shortId());
        answer.put("items", visitor.cart().items());
        answer.put("visits", visitor.visits().count());
        visitor.user().ifPresent(user -> answer.put("user", user));
        return answer;
    }

    /** The same members after a session has ended. */
    static Map<String, Object> nobody() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("node", NodeName.get());
        answer.put("session", "");
        answer.put("items", List.of());
        answer.put("visits", 0);
        return answer;
    }

    static Map<String, Object> error(String why) {
        return Map.of("error", why);
    }

    /** Writes one object as the whole response. */
    static void send(HttpServletResponse response, int status, Map<String, Object> object) throws IOException {
        byte[] bytes = JSON.std.asString(object).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
