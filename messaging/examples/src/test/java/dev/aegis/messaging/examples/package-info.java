/** What the tests of the examples share. */
@NullMarked
package dev.aegis.messaging.examples;

import org.jspecify.annotations.NullMarked;
