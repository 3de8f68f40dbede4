/** The PostgreSQL on which everything is measured. */
@NullMarked
package dev.aegis.bench.server;

import org.jspecify.annotations.NullMarked;
