/** What is done with the contestants, and the figures that come of it. */
@NullMarked
package dev.aegis.bench.scene;

import org.jspecify.annotations.NullMarked;
