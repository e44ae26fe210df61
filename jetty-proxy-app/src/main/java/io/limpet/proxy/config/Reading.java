package io.limpet.proxy.config;

/**
 * Settings that were read.
 *
 * @param given as they were written
 * @param settings what they mean
 */
public record Reading(GivenSettings given, ProxySettings settings) {}
