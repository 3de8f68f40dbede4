/** Creates the tables of the connector, and brings them up to date. */
@NullMarked
package dev.aegis.messaging.internal.schema;

import org.jspecify.annotations.NullMarked;
