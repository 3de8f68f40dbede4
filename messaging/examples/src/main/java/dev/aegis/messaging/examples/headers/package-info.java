/** What travels beside the payload. */
@NullMarked
package dev.aegis.messaging.examples.headers;

import org.jspecify.annotations.NullMarked;
