package io.limpet.proxy.discovery;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/**
 * Each target of a name's SRV records (RFC 2782), with its own port; priorities and weights are not looked at.
 *
 * @param name {@code _http._tcp.shop.example}
 * @param server the server to ask, {@code dns://10.0.0.2}; {@code dns:} asks those of this machine
 */
record ServiceLookup(String name, String server) implements Lookup {

    // of DNS the JDK makes strings and never objects, and its interface wants this table
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    @Override
    public List<URI> addresses() throws IOException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("java.naming.provider.url", server);
        try {
            DirContext dns = new InitialDirContext(environment);
            try {
                return targets(Optional.ofNullable(
                        dns.getAttributes(name, new String[] {"SRV"}).get("SRV")));
            } finally {
                dns.close();
            }
        } catch (NamingException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static List<URI> targets(Optional<Attribute> records) throws NamingException {
        List<URI> targets = new ArrayList<>();
        if (records.isPresent()) {
            NamingEnumeration<?> all = records.get().getAll();
            while (all.hasMore()) {
                HostAndPort.ofService(String.valueOf(all.next()))
                        .map(HostAndPort::uri)
                        .ifPresent(targets::add);
            }
        }
        return targets;
    }

    @Override
    public String toString() {
        return name;
    }
}
