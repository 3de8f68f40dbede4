/** The check that the API stays compatible. */
@NullMarked
package dev.aegis.messaging.api;

import org.jspecify.annotations.NullMarked;
