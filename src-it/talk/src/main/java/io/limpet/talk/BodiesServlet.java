package io.limpet.talk;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * {@code GET ?bytes=N}: so many bytes; {@code GET ?gzip}: a text in gzip, whoever asks; {@code POST}: how many bytes came,
 * and their CRC-32.
 */
public final class BodiesServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final byte[] PART = "0123456789abcdef".repeat(4_096).getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getSession();
        if (request.getParameter("gzip") != null) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(PART);
            }
            response.setHeader("Content-Encoding", "gzip");
            response.setContentLength(packed.size());
            packed.writeTo(response.getOutputStream());
            return;
        }
        long left = Long.parseLong(request.getParameter("bytes"));
        response.setContentLengthLong(left);
        while (left > 0) {
            int size = (int) Math.min(left, PART.length);
            response.getOutputStream().write(PART, 0, size);
            left -= size;
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.getSession();
        CheckedInputStream body = new CheckedInputStream(request.getInputStream(), new CRC32());
        long count = body.transferTo(OutputStream.nullOutputStream());
        response.setContentType("text/plain");
        response.getWriter()
                .write(TalkNode.name() + " " + count + " " + body.getChecksum().getValue());
    }
}
