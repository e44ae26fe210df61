package io.limpet.proxy;

import java.io.IOException;

/** A column of the retry table: what the client sends. Its label is what the table says. */
enum RetryRequest {
    GET("GET", "GET", "Connection: close\r\n\r\n"),
    HEAD("HEAD", "HEAD", "Connection: close\r\n\r\n"),
    PUT("PUT", "PUT", "Connection: close\r\nContent-Length: 10\r\n\r\n0123456789"),
    PUT_EMPTY("PUT empty", "PUT", "Connection: close\r\nContent-Length: 0\r\n\r\n"),
    DELETE("DELETE", "DELETE", "Connection: close\r\n\r\n"),
    DELETE_WITH_BODY("DELETE with body", "DELETE", "Connection: close\r\nContent-Length: 10\r\n\r\n0123456789"),
    POST_EMPTY("POST empty", "POST", "Connection: close\r\nContent-Length: 0\r\n\r\n"),
    POST_LENGTH("POST with length", "POST", "Connection: close\r\nContent-Length: 10\r\n\r\n0123456789"),
    POST_CHUNKED(
            "POST chunked",
            "POST",
            "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n"),
    UPGRADE("upgrade", "GET", "Connection: Upgrade\r\nUpgrade: echo\r\n\r\n");

    /** What every request is for. */
    static final String APPLICATION = "/shop";

    private final String label;
    private final String method;
    private final String rest;

    RetryRequest(String label, String method, String rest) {
        this.label = label;
        this.method = method;
        this.rest = rest;
    }

    boolean hasBody() {
        return rest.contains("0123456789");
    }

    boolean isPost() {
        return method.equals("POST");
    }

    /** What a node that is well answers. */
    int wellStatus() {
        return this == UPGRADE ? 101 : 200;
    }

    /** Sends it, and reads the answer to its end; the end of the connection, too, unless a page follows no upgrade. */
    RawResponse over(TestProxy proxy, String cookie) throws IOException {
        String text = method + " " + APPLICATION + "/ HTTP/1.1\r\nHost: shop.example\r\n" + cookie + rest;
        if (this != UPGRADE) {
            return proxy.sendRaw(text);
        }
        try (WireClient client = proxy.client()) {
            RawResponse response = client.send(text).read();
            if (response.status() != 101) {
                return response;
            }
            return new RawResponse(101, response.headers(), client.readAll());
        }
    }

    @Override
    public String toString() {
        return label;
    }
}
