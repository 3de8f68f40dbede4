/** What the page of the Dev UI calls. Nothing of it is a bean outside dev mode. */
@NullMarked
package dev.aegis.messaging.internal.devui;

import org.jspecify.annotations.NullMarked;
