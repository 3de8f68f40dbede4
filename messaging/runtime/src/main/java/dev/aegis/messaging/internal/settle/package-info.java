/** How the handling of a message ends: acknowledged, tried again later, or given up. */
@NullMarked
package dev.aegis.messaging.internal.settle;

import org.jspecify.annotations.NullMarked;
