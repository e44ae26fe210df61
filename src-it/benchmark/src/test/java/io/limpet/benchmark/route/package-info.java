/** What reading and writing a route costs, with JMH. */
@NullMarked
package io.limpet.benchmark.route;

import org.jspecify.annotations.NullMarked;
