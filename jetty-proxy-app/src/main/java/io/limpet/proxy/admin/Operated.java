package io.limpet.proxy.admin;

import io.limpet.proxy.metrics.ProxyMetrics;
import io.limpet.proxy.node.Explanation;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.peer.PeerView;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The proxy, as far as operators look at it and change it.
 *
 * @param states the nodes' states
 * @param metrics what was counted
 * @param explain where a session goes, asked by its cookie's value and a path
 * @param reload reads the settings again
 * @param peers the other proxies that get what is ordered here
 */
public record Operated(
        NodeStates states,
        ProxyMetrics metrics,
        BiFunction<String, String, Explanation> explain,
        Supplier<ReloadOutcome> reload,
        Supplier<List<PeerView>> peers) {}
