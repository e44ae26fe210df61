package io.limpet.proxy.http1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** This package's readers, put together to read whole messages: all at once, or a byte at a time. */
final class StrictReaders {

    private static final int LONGEST = 64 * 1024;
    private static final int MOST = 10_000;

    private final RequestHeadReader requests = new RequestHeadReader(LONGEST, MOST);
    private final ResponseHeadReader responses = new ResponseHeadReader(LONGEST, MOST);
    private final ChunkReader ofClients = new ChunkReader(false, LONGEST, MOST);
    private final ChunkReader ofNodes = new ChunkReader(true, LONGEST, MOST);

    /** Reads on, as far as the limit. */
    private interface HeadReader {
        Progress read(ByteBuffer buffer, int begin, int limit);
    }

    Reading request(byte[] bytes, int step) {
        requests.begin();
        Progress progress = read(requests::read, bytes, step);
        if (progress != Progress.DONE) {
            return Reading.none(progress);
        }
        String line = requests.method() + " " + requests.target() + " HTTP/1.1";
        return body(line, requests.fields(), requests.framing(), bytes, requests.length(), step, ofClients);
    }

    Reading response(byte[] bytes, boolean toHead, int step) {
        responses.begin(toHead);
        Progress progress = read(responses::read, bytes, step);
        if (progress != Progress.DONE) {
            return Reading.none(progress);
        }
        String line = "HTTP/1." + (responses.isOld() ? 0 : 1) + " " + responses.status();
        return body(line, responses.fields(), responses.framing(), bytes, responses.length(), step, ofNodes);
    }

    private static Progress read(HeadReader reader, byte[] bytes, int step) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Progress progress = Progress.MORE;
        for (int limit = 0; progress == Progress.MORE && limit < bytes.length; ) {
            limit = Math.min(limit + step, bytes.length);
            progress = reader.read(buffer, 0, limit);
        }
        return progress;
    }

    private Reading body(
            String line, FieldLines fields, Framing framing, byte[] bytes, int head, int step, ChunkReader chunks) {
        List<String> read = lines(fields);
        int rest = bytes.length - head;
        return switch (framing.kind()) {
            case NONE, REFUSED -> new Reading(Progress.DONE, line, read, "", List.of(), head);
            case LENGTH -> {
                int length = (int) Math.min(rest, framing.length());
                Progress progress = length < framing.length() ? Progress.MORE : Progress.DONE;
                yield new Reading(progress, line, read, text(bytes, head, length), List.of(), head + length);
            }
            case UNTIL_CLOSE ->
                new Reading(Progress.MORE, line, read, text(bytes, head, rest), List.of(), bytes.length);
            case CHUNKED -> chunked(line, read, bytes, head, step, chunks);
        };
    }

    private Reading chunked(String line, List<String> fields, byte[] bytes, int head, int step, ChunkReader chunks) {
        chunks.begin();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).position(head);
        StringBuilder content = new StringBuilder();
        ChunkReader.Event event = ChunkReader.Event.MORE;
        int limit = Math.min(head + step, bytes.length);
        while (event != ChunkReader.Event.END && event != ChunkReader.Event.REFUSED) {
            buffer.limit(limit);
            event = chunks.next(buffer);
            if (event == ChunkReader.Event.CONTENT) {
                int length = chunks.contentLength();
                content.append(text(bytes, buffer.position() - length, length));
            }
            if (event == ChunkReader.Event.MORE) {
                if (limit == bytes.length) {
                    break;
                }
                limit = Math.min(limit + step, bytes.length);
            }
        }
        Progress progress = switch (event) {
            case END -> Progress.DONE;
            case REFUSED -> Progress.REFUSED;
            case MORE, CONTENT, LAST -> Progress.MORE;
        };
        List<String> trailers = progress == Progress.DONE ? lines(chunks.trailers()) : List.of();
        return new Reading(progress, line, fields, content.toString(), trailers, buffer.position());
    }

    private static List<String> lines(FieldLines fields) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < fields.count(); i++) {
            lines.add(fields.name(i).toLowerCase(Locale.ROOT) + ":" + fields.value(i));
        }
        return lines;
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
}
