package io.limpet.proxy.http2;

import static io.limpet.proxy.http2.Frame.END_HEADERS;
import static io.limpet.proxy.http2.Frame.END_STREAM;
import static io.limpet.proxy.http2.Frame.GET;
import static io.limpet.proxy.http2.Frame.HEADERS;
import static io.limpet.proxy.http2.Frame.block;
import static io.limpet.proxy.http2.Http2Case.COMPRESSION_ERROR;
import static io.limpet.proxy.http2.Http2Case.PROTOCOL_ERROR;
import static io.limpet.proxy.http2.Http2Case.answered;
import static io.limpet.proxy.http2.Http2Case.connectionError;
import static io.limpet.proxy.http2.Http2Case.keeps;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.stream.Stream;

/** RFC 7541: what a header block may hold, in hexadecimal behind, or before, a request in literals. */
final class HpackCases {

    private HpackCases() {}

    static Stream<Http2Case> all() {
        return Stream.of(
                good("2.3.3", "the static table", request("828684" + "41" + "0161", "")),
                good("6.2.1", "a field that is remembered", behind("40" + "0178" + "0179")),
                good("6.1", "and is referred to", behind("40" + "0178" + "0179" + "be")),
                good("6.2.3", "a field that is never to be remembered", behind("10" + "0178" + "0179")),
                good("6.2.1", "a known name", behind("7a" + "0179")),
                good("6.2.1", "a known name, Huffman", behind("7a" + "81f5")),
                good("6.2.1", "a new name, Huffman", behind("40" + "81f3" + "81f5")),
                good("6.2.2", "a known name", behind("0f2b" + "0179")),
                good("6.2.2", "a known name, Huffman", behind("0f2b" + "81f5")),
                good("6.2.3", "a known name", behind("1f2b" + "0179")),
                good("6.2.3", "a known name, Huffman", behind("1f2b" + "81f5")),
                good("6.2.3", "a new name, Huffman", behind("10" + "81f3" + "81f5")),
                good("5.2", "Huffman", behind("00" + "81f3" + "81f5")),
                good("6.3", "a table size update in the beginning", before("20")),
                good("4.2", "two of them", before("203fe11f")),
                bad("2.3.3", "an index beyond the tables", behind("c6")),
                bad("2.3.3", "a name's index beyond the tables", behind("7f7f" + "0178")),
                bad("6.1", "index 0", behind("80")),
                bad("4.2", "a table size update at the end", behind("20")),
                bad("6.3", "a table larger than allowed", before("3fe2ff03")),
                bad("5.2", "padding of more than 7 bits", behind("00" + "82f3ff" + "0179")),
                bad("5.2", "padding of zeros", behind("00" + "81f0" + "0179")),
                bad("5.2", "the end of string in a string", behind("00" + "84ffffffff" + "0179")),
                bad("5.1", "a number without end", behind("7fffffffffffffffffff7f")),
                bad("5.2", "a string longer than the block", behind("00" + "7f10" + "78")));
    }

    private static Http2Case good(String section, String rule, byte[] block) {
        return keeps("HPACK " + section, rule, answered(), whole(block));
    }

    private static Http2Case bad(String section, String rule, byte[] block) {
        // RFC 9113 §4.3 asks for the first; an implementation that names the other still ends the connection
        return keeps("HPACK " + section, rule, connectionError(COMPRESSION_ERROR, PROTOCOL_ERROR), whole(block));
    }

    private static Frame whole(byte[] block) {
        return new Frame(HEADERS, END_STREAM | END_HEADERS, 1, block);
    }

    private static byte[] behind(String hex) {
        return joined(block(GET), HexFormat.of().parseHex(hex));
    }

    private static byte[] before(String hex) {
        return joined(HexFormat.of().parseHex(hex), block(GET));
    }

    private static byte[] request(String hex, String more) {
        return HexFormat.of().parseHex(hex + more);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
