package io.limpet.proxy.config;

import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Order;
import io.limpet.proxy.node.Ordered;
import io.limpet.proxy.node.Standing;
import io.limpet.proxy.node.Tagging;
import io.limpet.route.Route;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code n1=http://127.0.0.1:8081}, and {@code ,tagging=container}, {@code ,weight=2}, {@code ,state=maintenance} or {@code ,context=/shop:draining} behind it. */
final class NodesReader {

    private static final String EXAMPLE_URL = "=http://127.0.0.1:8081";
    private static final String EXAMPLE = "n1" + EXAMPLE_URL;
    private static final String WEIGHT = "weight=";
    private static final String STATE = "state=";
    private static final String CONTEXT = "context=";
    private static final String OF_CONTEXT = EXAMPLE + ",context=/shop:draining";

    private final Mistakes mistakes;
    private final Map<String, String> nameOfAddress = new HashMap<>();
    private final Map<Route, String> addressOfName = new HashMap<>();

    NodesReader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    List<Node> read(List<Given> given) {
        if (given.isEmpty()) {
            mistakes.add("nodes: there is none; write '--node " + EXAMPLE + "', once for each node");
        }
        List<Node> nodes = new ArrayList<>();
        for (Given value : given) {
            node(value).ifPresent(nodes::add);
        }
        return nodes;
    }

    private Optional<Node> node(Given given) {
        int equals = given.text().indexOf('=');
        if (equals < 1) {
            mistakes.add(given, "has no name", EXAMPLE);
            return Optional.empty();
        }
        String name = given.text().substring(0, equals).strip();
        Optional<Route> route = route(given, name);
        String[] parts = given.text().substring(equals + 1).split(",", -1);
        Optional<URI> uri = uri(given, name, parts[0].strip());
        Tagging tagging = Tagging.LIMPET;
        int weight = Node.NORMAL;
        Order standing = Order.READY;
        Map<String, Order> contexts = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String option = parts[i].strip();
            if (option.startsWith(WEIGHT)) {
                weight = weight(given, option.substring(WEIGHT.length()));
            } else if (option.startsWith(STATE)) {
                standing = state(given, option.substring(STATE.length()));
            } else if (option.startsWith(CONTEXT)) {
                context(given, option.substring(CONTEXT.length()), contexts);
            } else {
                tagging = tagging(given, option);
            }
        }
        if (route.isEmpty() || uri.isEmpty() || isTwice(given, route.get(), uri.get())) {
            return Optional.empty();
        }
        return Optional.of(new Node(route.get(), uri.get(), tagging, weight, new Standing(standing, contexts)));
    }

    private int weight(Given given, String text) {
        if (text.matches("[1-9][0-9]?|100")) {
            return Integer.parseInt(text);
        }
        mistakes.add(given, "has a weight that is no number from 1 to 100", EXAMPLE + ",weight=2");
        return Node.NORMAL;
    }

    private Order state(Given given, String word) {
        Optional<Order> order = Order.named(word);
        if (order.isEmpty()) {
            mistakes.add(
                    given, "has a state that is none of ready, draining and maintenance", EXAMPLE + ",state=draining");
        }
        return order.orElse(Order.READY);
    }

    private void context(Given given, String text, Map<String, Order> contexts) {
        int colon = text.lastIndexOf(':');
        String path = text.substring(0, Math.max(0, colon));
        Optional<Order> order = Order.named(text.substring(colon + 1));
        boolean isPath = !path.isEmpty() && Ordered.isContext(path);
        if (!isPath) {
            mistakes.add(given, "has a state for '" + path + "', which is no context path", OF_CONTEXT);
        }
        if (order.isEmpty()) {
            mistakes.add(
                    given,
                    "has a state for '" + path + "' that is none of ready, draining and maintenance",
                    OF_CONTEXT);
        }
        if (isPath && order.isPresent() && contexts.putIfAbsent(path, order.get()) != null) {
            mistakes.add(given, "has two states for '" + path + "'", OF_CONTEXT);
        }
    }

    private Tagging tagging(Given given, String option) {
        for (Tagging tagging : Tagging.values()) {
            if (option.equals("tagging=" + tagging)) {
                return tagging;
            }
        }
        mistakes.add(
                given, "has an option that there is not", EXAMPLE + ",tagging=container' or '" + EXAMPLE + ",weight=2");
        return Tagging.LIMPET;
    }

    private Optional<Route> route(Given given, String name) {
        try {
            return Optional.of(new Route(name));
        } catch (IllegalArgumentException e) {
            mistakes.add(given, "has a wrong name (" + e.getMessage() + ")", EXAMPLE);
            return Optional.empty();
        }
    }

    private Optional<URI> uri(Given given, String name, String text) {
        if (!text.regionMatches(true, 0, "http://", 0, 7) && !text.regionMatches(true, 0, "https://", 0, 8)) {
            String rest = text.substring(text.indexOf("://") < 0 ? 0 : text.indexOf("://") + 3);
            mistakes.add(given, "must begin with http:// or https://", name + "=http://" + withPort(rest));
            return Optional.empty();
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            mistakes.add(given, "has no URL that can be read (" + e.getReason() + ")", name + EXAMPLE_URL);
            return Optional.empty();
        }
        if (uri.getHost() == null) {
            mistakes.add(given, "has no host that can be read", name + EXAMPLE_URL);
            return Optional.empty();
        }
        return address(given, name, uri);
    }

    private static String withPort(String hostAndPort) {
        return hostAndPort.matches(".*:\\d+") ? hostAndPort : hostAndPort.replaceFirst("[:/].*", "") + ":8080";
    }

    private Optional<URI> address(Given given, String name, URI uri) {
        String start = name + "=" + uri.getScheme() + "://" + uri.getHost();
        if (uri.getPort() < 1 || uri.getPort() > 65535) {
            mistakes.add(given, "has no port from 1 to 65535", start + ":8080");
            return Optional.empty();
        }
        String path = uri.getRawPath();
        boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
        if (bare && path.equals("/")) {
            return address(given, name, URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort()));
        }
        if (!bare || !path.isEmpty()) {
            mistakes.add(
                    given,
                    "must end after the port (requests keep their path; a context belongs into health.path)",
                    start + ":" + uri.getPort());
            return Optional.empty();
        }
        return Optional.of(uri);
    }

    private boolean isTwice(Given given, Route route, URI uri) {
        String sameName = addressOfName.putIfAbsent(route, uri.toString());
        if (sameName != null) {
            mistakes.add(given, "has the name of the node at " + sameName, route + "b=" + uri);
            return true;
        }
        String sameAddress = nameOfAddress.putIfAbsent(uri.getRawAuthority().toLowerCase(Locale.ROOT), route.name());
        if (sameAddress != null) {
            mistakes.add(given, "has the address of node '" + sameAddress + "'", "another port for each node");
            return true;
        }
        return false;
    }
}
