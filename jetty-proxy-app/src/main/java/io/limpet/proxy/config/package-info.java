/**
 * The proxy's settings: one record tree, filled from the command line, a YAML file or init parameters by one reader,
 * which refuses what is wrong and lists every mistake.
 */
@NullMarked
package io.limpet.proxy.config;

import org.jspecify.annotations.NullMarked;
