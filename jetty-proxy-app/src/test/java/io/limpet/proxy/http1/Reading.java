package io.limpet.proxy.http1;

import java.util.List;

/**
 * What a reader makes of some bytes.
 *
 * @param verdict how far it has come
 * @param line the method and the target, or the status
 * @param fields name in small letters and value, a line each
 * @param body the content, an octet a character
 * @param trailers the fields behind it
 * @param used how many of the bytes are the message's
 */
record Reading(Progress verdict, String line, List<String> fields, String body, List<String> trailers, int used) {

    static Reading none(Progress verdict) {
        return new Reading(verdict, "", List.of(), "", List.of(), 0);
    }

    boolean isWhole() {
        return verdict == Progress.DONE;
    }
}
