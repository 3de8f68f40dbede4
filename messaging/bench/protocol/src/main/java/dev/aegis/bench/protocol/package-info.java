/** How a measured process talks with the one that measures it: lines on its standard input and output. */
@NullMarked
package dev.aegis.bench.protocol;

import org.jspecify.annotations.NullMarked;
