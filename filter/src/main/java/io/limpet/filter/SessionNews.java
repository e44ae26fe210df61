package io.limpet.filter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

/**
 * What became of the node's number of live sessions in one request, told to the proxy in {@code Limpet-Session}, so that
 * it need not wait for the next probe to know it. What libraries and containers do past the filter, only probes tell.
 *
 * <p>Used as its exchange is: by one thread at a time, or by two of an asynchronous request.
 */
final class SessionNews {

    private static final String NEW = "new";
    private static final String ADOPTED = "adopted";
    private static final String ENDED = "ended";
    private static final String NOTHING = "";

    private volatile String word = NOTHING;

    /** A session of another node lives here from now on. */
    void adopted() {
        word = ADOPTED;
    }

    /** The application has asked for a session that may have to be made for it. */
    void asked(HttpSession own) {
        if (word.equals(NOTHING) && own.isNew()) {
            word = NEW;
        }
    }

    /** The application has ended its session. */
    void ended() {
        word = word.equals(NOTHING) ? ENDED : NOTHING;
    }

    /** Tells it on a response that has not left, to nobody but the proxy. */
    void tell(HttpServletRequest request, HttpServletResponse response) {
        if (!word.equals(NOTHING) && !response.isCommitted() && ProxyChoice.isIn(request)) {
            response.setHeader(Misdirected.SESSION, word);
        }
    }
}
