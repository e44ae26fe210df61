package io.limpet.proxy.config;

/**
 * How long bodies may be, and how slow.
 *
 * @param longest the longest body of a request, in bytes, which is answered 413 beyond it; 0 for any
 * @param sendRate how many bytes of a body a client has to send in a second, on average, while the proxy waits for them;
 *     slower ones are answered 408, not before {@link Limits#headTime()}; 0 takes any
 * @param takeRate how many bytes of a response a client has to take in a second: each part may wait for it as long as its
 *     bytes need at this rate, and {@link Limits#headTime()} longer; then it is cut off. 0 waits for any
 */
public record Bodies(long longest, int sendRate, int takeRate) {}
