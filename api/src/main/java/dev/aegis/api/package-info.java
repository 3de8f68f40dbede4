/** The api service. */
@NullMarked
package dev.aegis.api;

import org.jspecify.annotations.NullMarked;
