package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The servlet in a server that speaks HTTP/2: what is another word there for the same thing. */
class Http2Test {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** A client whose next request is HTTP/2. */
    private static HttpClient upgraded(EitherProxy proxy) throws Exception {
        HttpClient client = proxy.http2();
        client.send(HttpRequest.newBuilder(proxy.uri()).build(), BodyHandlers.discarding());
        return client;
    }

    @Test
    void cookiesInFieldsOfTheirOwnAreOneFieldForTheNode() throws Exception {
        try (SocketNode n1 = SocketNode.answering(OK);
                EitherProxy proxy = EitherProxy.limpet(n1.node())) {
            HttpResponse<String> response = upgraded(proxy)
                    .send(
                            HttpRequest.newBuilder(proxy.uri())
                                    .header("Cookie", "a=b")
                                    .header("Cookie", "JSESSIONID=4F2A.n1")
                                    .header("Cookie", "c=d")
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.body()).isEqualTo("ok");
            assertThat(n1.heads().get(1))
                    .containsIgnoringCase("\r\nCookie: a=b; JSESSIONID=4F2A; c=d\r\n")
                    .contains(
                            "\r\nLimpet-Route: owner\r\n",
                            "\r\nX-Forwarded-Host: " + proxy.uri().getAuthority());
        }
    }

    @Test
    void aResponseThatBreaksOffIsNotWholeForTheClientEither() throws Exception {
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    SocketNode.write(connection, head.contains("/cut") ? OK.replace("2", "5") : OK);
                    connection.close();
                });
                EitherProxy proxy = EitherProxy.limpet(n1.node())) {
            HttpClient client = upgraded(proxy);
            HttpRequest cut =
                    HttpRequest.newBuilder(proxy.uri().resolve("/cut")).build();
            assertThatThrownBy(() -> client.send(cut, BodyHandlers.ofString())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClientThatGivesARequestUpIsPassedOnToTheNode() throws Exception {
        Semaphore arrived = new Semaphore(0);
        Semaphore told = new Semaphore(0);
        try (SocketNode n1 = SocketNode.start("n1", (head, connection) -> {
                    if (head.contains("/wait")) {
                        arrived.release();
                        ClosedSockets.awaitEnd(connection);
                        told.release();
                        connection.close();
                        return;
                    }
                    SocketNode.write(connection, OK);
                });
                EitherProxy proxy = EitherProxy.limpet(n1.node())) {
            HttpRequest wait =
                    HttpRequest.newBuilder(proxy.uri().resolve("/wait")).build();
            CompletableFuture<HttpResponse<String>> answer = upgraded(proxy).sendAsync(wait, BodyHandlers.ofString());
            assertThat(arrived.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            answer.cancel(true);
            assertThat(told.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
