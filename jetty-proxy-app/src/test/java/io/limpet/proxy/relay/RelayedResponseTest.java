package io.limpet.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class RelayedResponseTest {

    private static String answer(String method, Service service) throws IOException {
        try (TwoLanes lanes = new TwoLanes(service);
                Socket client = lanes.connect()) {
            TwoLanes.say(client, method + " /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            return TwoLanes.readUntil(client, "never").replaceFirst("Date: [^\r]*\r\n", "");
        }
    }

    /** One part after the other. */
    private static void write(RelayedRequest request, RelayedResponse response, String... parts) {
        write(request, response, 0, parts);
    }

    private static void write(RelayedRequest request, RelayedResponse response, int from, String... parts) {
        boolean last = from == parts.length - 1;
        Runnable next = last ? request::giveBack : () -> write(request, response, from + 1, parts);
        response.write(last, BufferUtil.toBuffer(parts[from]), Callback.from(next));
    }

    @Test
    void aResponseThatIsWrittenAtOnceHasALength() throws IOException {
        assertThat(answer("GET", (request, response) -> write(request, response, "all of it")))
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nall of it");
    }

    @Test
    void whatComesInPartsIsInChunksUnlessItsLengthIsSaid() throws IOException {
        assertThat(answer("GET", (request, response) -> write(request, response, "", "one", "", "two", "")))
                .contains("\r\nTransfer-Encoding: chunked\r\n")
                .endsWith("\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n");
        assertThat(answer("GET", (request, response) -> {
                    response.getHeaders().put("Content-Length", 6);
                    write(request, response, "one", "two");
                }))
                .endsWith("Content-Length: 6\r\nConnection: close\r\n\r\nonetwo");
    }

    @Test
    void trailersFollowTheLastChunk() throws IOException {
        assertThat(answer("GET", (request, response) -> {
                    response.setTrailersSupplier(() -> HttpFields.build().add("Sum", "1"));
                    write(request, response, "one");
                }))
                .endsWith("\r\n\r\n3\r\none\r\n0\r\nSum: 1\r\n\r\n");
    }

    @Test
    void anAnswerToHeadHasNoBodyAndKeepsItsLength() throws IOException {
        assertThat(answer("HEAD", (request, response) -> {
                    response.getHeaders().put("Content-Length", 3);
                    write(request, response, "one");
                }))
                .endsWith("Content-Length: 3\r\nConnection: close\r\n\r\n");
    }

    @Test
    void neitherHas204Nor304() throws IOException {
        for (int status : new int[] {204, 304}) {
            assertThat(answer("GET", (request, response) -> {
                        response.setStatus(status);
                        write(request, response, "");
                    }))
                    .startsWith("HTTP/1.1 " + status)
                    .endsWith("\r\nConnection: close\r\n\r\n")
                    .doesNotContain("Content-Length", "chunked");
        }
    }

    @Test
    void interimHeadsComeBefore() throws IOException {
        Service hinting = (request, response) -> {
            HttpFields hints = HttpFields.build().add("Link", "</a>");
            var unused = response.writeInterim(103, hints).thenRun(() -> write(request, response, "x"));
        };
        assertThat(answer("GET", hinting))
                .startsWith("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n");
    }

    @Test
    void aCutResponseEndsWithItsConnection() throws IOException {
        assertThat(answer(
                        "GET",
                        (request, response) ->
                                response.write(false, BufferUtil.toBuffer("half"), Callback.from(request::cut))))
                .endsWith("4\r\nhalf\r\n");
    }

    @Test
    void whatFailsToServeARequestCostsItsConnection() throws IOException {
        Service broken = (request, response) -> {
            throw new IllegalStateException("a defect");
        };
        assertThat(answer("GET", broken)).isEmpty();
    }
}
