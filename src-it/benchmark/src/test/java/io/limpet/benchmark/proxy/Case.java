package io.limpet.benchmark.proxy;

import io.limpet.benchmark.proxy.Proxy.Protocol;
import java.util.List;

/**
 * What is asked for, and how.
 *
 * @param name stands in the tables
 * @param path of the origin
 * @param body of a POST in bytes; 0 for a GET
 * @param connections at the same time
 * @param protocol between client and proxy
 */
record Case(String name, String path, int body, int connections, Protocol protocol) {

    /** What the ratios of all others are to be seen beside. */
    static final Case SMALL = new Case("1 KB GET", "/1k", 0, 64, Protocol.CLEAR);

    /** All of them; the last ones some proxy may not survive. */
    static final List<Case> ALL = List.of(
            SMALL,
            new Case("64 KB GET", "/64k.bin", 0, 64, Protocol.CLEAR),
            new Case("10 KB POST", "/p", 10_240, 64, Protocol.CLEAR),
            new Case("1 MB GET", "/1m.bin", 0, 16, Protocol.CLEAR),
            new Case("1 MB POST", "/p", 1_048_576, 16, Protocol.CLEAR),
            new Case("1 KB GET, TLS 1.3", "/1k", 0, 64, Protocol.TLS),
            new Case("1 KB GET, HTTP/2", "/1k", 0, 16, Protocol.HTTP2),
            new Case("1 KB GET, 1,000 connections", "/1k", 0, 1_000, Protocol.CLEAR),
            new Case("1 KB GET, 8,000 connections", "/1k", 0, 8_000, Protocol.CLEAR));

    String method() {
        return body == 0 ? "GET" : "POST";
    }
}
