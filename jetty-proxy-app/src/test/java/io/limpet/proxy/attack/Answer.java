package io.limpet.proxy.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer as the client got it.
 *
 * @param status its code
 * @param arrival the number of the request that the origin answered with it; empty when it is the proxy's own
 */
record Answer(int status, OptionalInt arrival) {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2})(?: [^\\r\\n]*)?");
    private static final Pattern NUMBER = Pattern.compile("(?i)" + RecordingOrigin.NUMBER + ": ([0-9]+)");
    private static final Pattern LENGTH = Pattern.compile("content-length: ([0-9]+)");

    /** The final answers in what came back, to requests of these methods; the last may be cut off. */
    static List<Answer> in(String text, List<String> methods) {
        List<Answer> answers = new ArrayList<>();
        int position = 0;
        for (int end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n", position)) {
            List<String> lines = text.substring(position, end).lines().toList();
            Matcher status = STATUS.matcher(lines.get(0));
            if (!status.matches()) {
                throw new AssertionError("this is no answer: '" + text.substring(position) + "'");
            }
            int code = Integer.parseInt(status.group(1));
            boolean head = answers.size() < methods.size()
                    && methods.get(answers.size()).equals("HEAD");
            position = end + 4 + (head || code < 200 ? 0 : length(lines));
            if (code >= 200) {
                answers.add(new Answer(code, number(lines)));
            }
        }
        return answers;
    }

    private static int length(List<String> lines) {
        return lines.stream()
                .map(line -> LENGTH.matcher(line.toLowerCase(Locale.ROOT)))
                .filter(Matcher::matches)
                .mapToInt(length -> Integer.parseInt(length.group(1)))
                .findFirst()
                .orElse(0);
    }

    private static OptionalInt number(List<String> lines) {
        return lines.stream()
                .map(NUMBER::matcher)
                .filter(Matcher::matches)
                .mapToInt(number -> Integer.parseInt(number.group(1)))
                .findFirst();
    }
}
