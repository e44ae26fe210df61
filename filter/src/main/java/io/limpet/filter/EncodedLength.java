package io.limpet.filter;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How many bytes characters take at the most: to the byte in UTF-8, where pages would else be taken for thrice their size. */
@FunctionalInterface
interface EncodedLength {

    /** The length of {@code length} characters from {@code offset} on, in bytes. */
    long of(CharSequence characters, int offset, int length);

    static EncodedLength in(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return EncodedLength::ofUtf8;
        }
        long widest = (long) Math.ceil(charset.newEncoder().maxBytesPerChar());
        return (characters, offset, length) -> length * widest;
    }

    private static long ofUtf8(CharSequence characters, int offset, int length) {
        long bytes = length;
        for (int i = offset; i < offset + length; i++) {
            char c = characters.charAt(i);
            if (c >= 0x800 && !Character.isSurrogate(c)) {
                bytes += 2;
            } else if (c >= 0x80) {
                bytes++; // of a pair, each half counts for two
            }
        }
        return bytes;
    }
}
