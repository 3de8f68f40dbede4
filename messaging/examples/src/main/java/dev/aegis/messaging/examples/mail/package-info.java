/** What the examples do outside the database. */
@NullMarked
package dev.aegis.messaging.examples.mail;

import org.jspecify.annotations.NullMarked;
