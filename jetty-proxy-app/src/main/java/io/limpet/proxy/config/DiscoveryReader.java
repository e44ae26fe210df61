package io.limpet.proxy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where nodes are found that nobody lists. */
final class DiscoveryReader {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+:(\\d{1,5})");
    private static final Pattern SERVICE = Pattern.compile("_[A-Za-z0-9-]+\\._[A-Za-z0-9-]+\\.[A-Za-z0-9._-]+");

    private final GivenSettings given;
    private final Mistakes mistakes;

    DiscoveryReader(GivenSettings given, Mistakes mistakes) {
        this.given = given;
        this.mistakes = mistakes;
    }

    DiscoverySettings read(HealthSettings health) {
        List<String> names = new ArrayList<>();
        for (Given value : given.all(Setting.DISCOVERY_DNS)) {
            for (String name : value.text().split(",", -1)) {
                if (!isName(name.strip())) {
                    mistakes.add(
                            value, "is no name with a port, nor that of a service", "shop:8080' or '_http._tcp.shop");
                }
                names.add(name.strip());
            }
        }
        if (!names.isEmpty() && health.kind() != HealthSettings.Kind.STATUS) {
            mistakes.add(
                    given.one(Setting.HEALTH_KIND), "does not tell the names of nodes that are found by DNS", "status");
        }
        return new DiscoverySettings(names, new ValueReader(mistakes).duration(given.one(Setting.DISCOVERY_INTERVAL)));
    }

    private static boolean isName(String name) {
        Matcher host = HOST.matcher(name);
        if (!host.matches()) {
            return SERVICE.matcher(name).matches();
        }
        int port = Integer.parseInt(host.group(1));
        return port > 0 && port <= 65535;
    }
}
