/** Does what was planned: workers, senders, faults. */
@NullMarked
package dev.aegis.bench.soak.run;

import org.jspecify.annotations.NullMarked;
