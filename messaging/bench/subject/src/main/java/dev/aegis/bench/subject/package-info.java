/** An application whose only work is to be measured. */
@NullMarked
package dev.aegis.bench.subject;

import org.jspecify.annotations.NullMarked;
