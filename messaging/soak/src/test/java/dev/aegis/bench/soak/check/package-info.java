/** Tells from what is left behind whether the promises were kept. */
@NullMarked
package dev.aegis.bench.soak.check;

import org.jspecify.annotations.NullMarked;
