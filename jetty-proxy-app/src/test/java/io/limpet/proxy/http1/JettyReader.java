package io.limpet.proxy.http1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** The oracle: Jetty's parser, which forgives nothing, as {@link HttpCompliance#STRICT} has it. */
final class JettyReader implements HttpParser.RequestHandler, HttpParser.ResponseHandler {

    private static final int LONGEST = 64 * 1024;

    private final List<String> fields = new ArrayList<>();
    private final List<String> trailers = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private String line = "";
    private boolean refused;
    private boolean complete;

    private JettyReader() {}

    static Reading request(byte[] bytes) {
        JettyReader reader = new JettyReader();
        return reader.read(new HttpParser((HttpParser.RequestHandler) reader, LONGEST, HttpCompliance.STRICT), bytes);
    }

    static Reading response(byte[] bytes, boolean toHead) {
        JettyReader reader = new JettyReader();
        HttpParser parser = new HttpParser((HttpParser.ResponseHandler) reader, LONGEST, HttpCompliance.STRICT);
        parser.setHeadResponse(toHead);
        return reader.read(parser, bytes);
    }

    private Reading read(HttpParser parser, byte[] bytes) {
        parser.setHeaderCacheSize(0);
        parser.setHeaderCacheCaseSensitive(true);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int rounds = 0;
        int before;
        HttpParser.State state;
        do {
            before = buffer.remaining();
            state = parser.getState();
            try {
                parser.parseNext(buffer);
            } catch (RuntimeException | AssertionError e) {
                refused = true;
            }
        } while (!refused
                && !complete
                && (buffer.remaining() < before || parser.getState() != state)
                && rounds++ < LONGEST);
        Progress verdict = refused ? Progress.REFUSED : complete ? Progress.DONE : Progress.MORE;
        return new Reading(verdict, line, fields, body.toString(), trailers, bytes.length - buffer.remaining());
    }

    @Override
    public void startRequest(String method, String uri, HttpVersion version) {
        line = method + " " + uri + " " + version;
    }

    @Override
    public void startResponse(HttpVersion version, int status, @Nullable String reason) {
        line = version + " " + status;
    }

    @Override
    public void parsedHeader(@Nullable HttpField field) {
        add(field, fields);
    }

    @Override
    public void parsedTrailer(@Nullable HttpField field) {
        add(field, trailers);
    }

    private static void add(@Nullable HttpField field, List<String> to) {
        if (field != null) {
            to.add(field.getLowerCaseName() + ":" + (field.getValue() == null ? "" : field.getValue()));
        }
    }

    @Override
    public boolean headerComplete() {
        return false;
    }

    @Override
    public boolean content(ByteBuffer part) {
        body.append(StandardCharsets.ISO_8859_1.decode(part));
        return false;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public boolean messageComplete() {
        complete = true;
        return true;
    }

    @Override
    public void earlyEOF() {
        refused = true;
    }

    @Override
    public void badMessage(HttpException failure) {
        refused = true;
    }
}
