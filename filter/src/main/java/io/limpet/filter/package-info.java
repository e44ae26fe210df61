/** The servlet edge: the filter, the wrappers it hands to the application, its settings and the node's status. */
@NullMarked
package io.limpet.filter;

import org.jspecify.annotations.NullMarked;
