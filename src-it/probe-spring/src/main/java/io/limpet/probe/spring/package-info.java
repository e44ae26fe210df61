/** An application behind a form login of Spring Security. */
@NullMarked
package io.limpet.probe.spring;

import org.jspecify.annotations.NullMarked;
