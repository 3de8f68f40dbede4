/** Does what was planned: workers, senders, disturbances. */
@NullMarked
package dev.aegis.bench.soak.run;

import org.jspecify.annotations.NullMarked;
