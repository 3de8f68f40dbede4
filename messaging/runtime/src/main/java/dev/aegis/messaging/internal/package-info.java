/** The connector as SmallRye Reactive Messaging calls it. Nothing in here or below is API. */
@NullMarked
package dev.aegis.messaging.internal;

import org.jspecify.annotations.NullMarked;
