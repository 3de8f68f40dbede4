/** Many messages in one call of the handler, and in one transaction. */
@NullMarked
package dev.aegis.messaging.examples.batch;

import org.jspecify.annotations.NullMarked;
