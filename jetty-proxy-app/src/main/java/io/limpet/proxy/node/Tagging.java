package io.limpet.proxy.node;

/** Who writes a node's route behind its session ids. */
public enum Tagging {
    /** Limpet: the filter, and the proxy where the filter could not. The proxy takes it away again. */
    LIMPET("limpet"),
    /**
     * The node's container, by a setting of its own: Tomcat's {@code jvmRoute}, Jetty's {@code workerName}, WildFly's
     * {@code instance-id}, Liberty's {@code cloneId}. The proxy reads it, and changes nothing: the container looks for the
     * whole value. For nodes without the filter.
     */
    CONTAINER("container");

    private final String label;

    Tagging(String label) {
        this.label = label;
    }

    /** The word in the settings. */
    @Override
    public String toString() {
        return label;
    }
}
