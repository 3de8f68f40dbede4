/** Measures the connector beside other queues on PostgreSQL. */
@NullMarked
package dev.aegis.bench;

import org.jspecify.annotations.NullMarked;
