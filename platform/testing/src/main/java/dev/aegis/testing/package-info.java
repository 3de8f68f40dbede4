/** The real PostgreSQL that every test runs on. */
@NullMarked
package dev.aegis.testing;

import org.jspecify.annotations.NullMarked;
