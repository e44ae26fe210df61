package io.limpet.it.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Hosts in network namespaces of their own, each with two cables: one to this machine, where the clients are, and one to
 * a switch that joins the hosts. Pulling the second cuts a host off from the others, silently, while its clients still
 * reach it. The addresses are those for benchmarks (RFC 2544 appendix C.2.2).
 */
public final class Networks implements AutoCloseable {

    private static final long LIMIT_SECONDS = 10;

    private final String id = Integer.toString(new Random().nextInt(10_000, 100_000));
    private final int subnet = new Random().nextInt(256);
    private final List<String> made = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();

    private Networks(int size) {
        make("link", "lb" + id, "type", "bridge");
        ip("link", "set", "lb" + id, "up");
        for (int number = 1; number <= size; number++) {
            hosts.add(host(number));
        }
    }

    /**
     * Whether this machine and this user may make any; Linux and its superuser.
     *
     * @return empty, or why not
     */
    public static String whyImpossible() {
        try {
            new Networks(1).close();
            return "";
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Makes so many hosts, all joined. */
    public static Networks of(int size) {
        return new Networks(size);
    }

    /** The hosts, as numbered. */
    public List<Host> hosts() {
        return Collections.unmodifiableList(hosts);
    }

    private Host host(int number) {
        String namespace = "lp" + id + "-" + number;
        make("netns", namespace);
        ip("-n", namespace, "link", "set", "lo", "up");
        String client = "198.18." + subnet + "." + (4 * number + 2);
        cable("lk" + id + number, namespace, "client");
        ip("addr", "add", "198.18." + subnet + "." + (4 * number + 1) + "/30", "dev", "lk" + id + number);
        ip("-n", namespace, "addr", "add", client + "/30", "dev", "client");
        String member = "198.19." + subnet + "." + number;
        cable(memberCable(number), namespace, "member");
        ip("link", "set", memberCable(number), "master", "lb" + id);
        ip("-n", namespace, "addr", "add", member + "/24", "dev", "member");
        return new Host(List.of("ip", "netns", "exec", namespace), client, member);
    }

    private String memberCable(int number) {
        return "lm" + id + number;
    }

    private void cable(String here, String namespace, String there) {
        ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", namespace);
        ip("link", "set", here, "up");
        ip("-n", namespace, "link", "set", there, "up");
    }

    /** Pulls the cable to the other hosts: nothing arrives any more, and nobody is told. */
    public void cutOff(int number) {
        ip("link", "set", memberCable(number), "nomaster");
    }

    /** Plugs it in again. */
    public void join(int number) {
        ip("link", "set", memberCable(number), "master", "lb" + id);
    }

    private void make(String kind, String name, String... more) {
        List<String> command = new ArrayList<>(List.of(kind, "add", name));
        command.addAll(List.of(more));
        ip(command.toArray(String[]::new));
        made.add(kind + " del " + name);
    }

    private static void ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException("no command ip (Debian: iproute2): " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Takes all of it away; cables go with their namespace. */
    @Override
    public void close() {
        IntStream.range(0, made.size())
                .mapToObj(i -> made.get(made.size() - 1 - i))
                .forEach(what -> ip(what.split(" ")));
        made.clear();
    }
}
