/** What the messages of the soak say: what their handlers shall do. The driver writes them and the workers read them. */
@NullMarked
package dev.aegis.bench.soak.task;

import org.jspecify.annotations.NullMarked;
