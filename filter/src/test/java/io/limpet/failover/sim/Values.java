package io.limpet.failover.sim;

import io.limpet.failover.SessionCodec;
import io.limpet.failover.protocol.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** What the clients' attributes hold: numbers, in a text that is set again or in an object that is changed in place. */
final class Values {

    /** Changed in place. */
    static final class Basket {
        final StringBuilder text;

        Basket(String text) {
            this.text = new StringBuilder(text);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    /** As fast as can be: the codec is not what is tested here. */
    static final class Codec implements SessionCodec {
        @Override
        public byte[] write(Object value) {
            return ((value instanceof Basket ? "b" : "s") + value).getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public Object read(byte[] bytes) {
            String text = new String(bytes, 1, bytes.length - 1, StandardCharsets.ISO_8859_1);
            return bytes[0] == 'b' ? new Basket(text) : text;
        }
    }

    private Values() {}

    static Set<Integer> numbersIn(SessionRecord record) {
        Set<Integer> numbers = new HashSet<>();
        record.attributes()
                .values()
                .forEach(stored -> addNumbers(new String(stored.bytes(), StandardCharsets.ISO_8859_1), numbers));
        return numbers;
    }

    /** Every run of digits is one. */
    static void addNumbers(String text, Set<Integer> numbers) {
        int number = -1;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit >= 0 && digit <= 9) {
                number = Math.max(number, 0) * 10 + digit;
            } else if (number >= 0) {
                numbers.add(number);
                number = -1;
            }
        }
        if (number >= 0) {
            numbers.add(number);
        }
    }
}
