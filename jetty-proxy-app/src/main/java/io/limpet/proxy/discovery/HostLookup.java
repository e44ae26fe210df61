package io.limpet.proxy.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** Each address of a name, as a headless service of Kubernetes has one for each pod. */
record HostLookup(HostAndPort name) implements Lookup {

    @Override
    public List<URI> addresses() throws IOException {
        return Arrays.stream(InetAddress.getAllByName(name.host()))
                .map(address -> new HostAndPort(withoutScope(address.getHostAddress()), name.port()).uri())
                .toList();
    }

    private static String withoutScope(String address) {
        int percent = address.indexOf('%');
        return percent < 0 ? address : address.substring(0, percent);
    }

    @Override
    public String toString() {
        return name.host() + ":" + name.port();
    }
}
