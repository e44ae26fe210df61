package io.limpet.filter;

import io.limpet.route.RequestSeal;
import io.limpet.route.Secret;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** A page of the filter's own below every context, for the proxy and for who operates the node. Immutable but for the secrets. */
final class PrivatePage {

    private static final String BEARER = "Bearer ";
    private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For", "Via");

    private final String path;
    private final String end;
    private final ActiveSecrets secrets;

    /**
     * A page at this path behind the context's.
     *
     * @param secrets with any, it is only for requests sealed with one of them
     */
    PrivatePage(String path, ActiveSecrets secrets) {
        this.path = path;
        // containers divide the path as the application maps its servlets
        this.end = path.substring(path.lastIndexOf('/'));
        this.secrets = secrets;
    }

    /** The part of a request's path by which each page sees whether it may be meant; Tomcat makes it anew at each call. */
    static String lastPart(HttpServletRequest request) {
        String pathInfo = request.getPathInfo();
        return pathInfo == null ? request.getServletPath() : pathInfo;
    }

    /** Whether a request with this {@linkplain #lastPart last part} of the path is for this page. */
    boolean isAskedFor(HttpServletRequest request, String lastPart) {
        // in this order: every request comes by here, and containers work out URI and context path when they are asked
        if (!lastPart.endsWith(end)) {
            return false;
        }
        String uri = request.getRequestURI();
        return uri.endsWith(path) && uri.length() == request.getContextPath().length() + path.length();
    }

    /** Whether the request comes from one who knows the secret; without a secret anybody may read. */
    boolean mayRead(HttpServletRequest request) {
        List<Secret> active = secrets.now();
        return active.isEmpty() || isSealed(request, active);
    }

    /** Whether the request comes from one who claims to know the secret. */
    boolean isSealTried(HttpServletRequest request) {
        return request.getHeader(RequestSeal.HEADER) != null;
    }

    /**
     * Whether the request comes from one who may change something: it is sealed, or comes from this machine straight to
     * here and, where there is a secret, brings it as a bearer token (RFC 6750 §2.1).
     */
    boolean mayChange(HttpServletRequest request) {
        List<Secret> active = secrets.now();
        if (!active.isEmpty() && isSealed(request, active)) {
            return true;
        }
        return isFromHere(request) && (active.isEmpty() || bringsSecret(request, active));
    }

    private static boolean isSealed(HttpServletRequest request, List<Secret> active) {
        String header = request.getHeader(RequestSeal.HEADER);
        long now = System.currentTimeMillis() / 1_000;
        return header != null && new RequestSeal(active).isValid(header, request.getRequestURI(), now);
    }

    private static boolean bringsSecret(HttpServletRequest request, List<Secret> active) {
        String header = request.getHeader("Authorization");
        return header != null
                && header.startsWith(BEARER)
                && active.stream().anyMatch(secret -> secret.isWritten(header.substring(BEARER.length())));
    }

    /** A proxy on this machine comes from here, too, for whomever; it says so. */
    private static boolean isFromHere(HttpServletRequest request) {
        if (FORWARDED.stream().anyMatch(name -> request.getHeader(name) != null)) {
            return false;
        }
        try {
            // an address, and not looked up
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
