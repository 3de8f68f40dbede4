/** Payloads and headers, between the types of the application and the text in the database. */
@NullMarked
package dev.aegis.messaging.internal.payload;

import org.jspecify.annotations.NullMarked;
