/** What dev mode shows. */
@NullMarked
package dev.aegis.messaging.examples.demo;

import org.jspecify.annotations.NullMarked;
