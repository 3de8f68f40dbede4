/** The application of the README. */
@NullMarked
package dev.aegis.messaging.examples.quickstart;

import org.jspecify.annotations.NullMarked;
