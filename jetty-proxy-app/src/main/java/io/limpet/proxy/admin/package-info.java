/** What operators see and say: the listener of their own with its JSON API, metrics and dashboard. */
@NullMarked
package io.limpet.proxy.admin;

import org.jspecify.annotations.NullMarked;
