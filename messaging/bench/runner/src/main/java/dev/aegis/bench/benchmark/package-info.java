/** What is done with the competitors, and the figures that come of it. */
@NullMarked
package dev.aegis.bench.benchmark;

import org.jspecify.annotations.NullMarked;
