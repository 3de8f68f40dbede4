/** The settings of the connector as a whole; those of a channel are read with the channel. */
@NullMarked
package dev.aegis.messaging.internal.settings;

import org.jspecify.annotations.NullMarked;
