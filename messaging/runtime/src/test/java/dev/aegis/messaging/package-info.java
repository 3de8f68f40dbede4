@NullMarked
package dev.aegis.messaging;

import org.jspecify.annotations.NullMarked;
