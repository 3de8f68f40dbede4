/** Lists in pages that stay right while rows come and go. */
@NullMarked
package dev.aegis.api.page;

import org.jspecify.annotations.NullMarked;
