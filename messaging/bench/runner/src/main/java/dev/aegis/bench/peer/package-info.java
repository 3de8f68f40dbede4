/** The queues written in Java that are measured beside the connector, each in a process of its own, and the plain JDBC floor. */
@NullMarked
package dev.aegis.bench.peer;

import org.jspecify.annotations.NullMarked;
