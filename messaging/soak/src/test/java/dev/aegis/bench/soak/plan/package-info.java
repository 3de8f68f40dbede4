/** What is done in a run: all of it follows from a seed. */
@NullMarked
package dev.aegis.bench.soak.plan;

import org.jspecify.annotations.NullMarked;
