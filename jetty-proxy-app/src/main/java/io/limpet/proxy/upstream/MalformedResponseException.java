package io.limpet.proxy.upstream;

/** What a node has sent is no response, or only a part of one: it has had the request, and is not asked again. */
public final class MalformedResponseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedResponseException(String message) {
        super(message);
    }

    MalformedResponseException(String message, Throwable cause) {
        super(message, cause);
    }
}
