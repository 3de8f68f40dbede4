/** PostgreSQL as a broker for SmallRye Reactive Messaging. */
@NullMarked
package dev.aegis.messaging;

import org.jspecify.annotations.NullMarked;
