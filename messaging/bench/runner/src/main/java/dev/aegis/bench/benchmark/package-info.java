/** What is done with the contestants, and the figures that come of it. */
@NullMarked
package dev.aegis.bench.benchmark;

import org.jspecify.annotations.NullMarked;
