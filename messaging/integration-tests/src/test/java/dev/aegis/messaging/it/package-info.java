@NullMarked
package dev.aegis.messaging.it;

import org.jspecify.annotations.NullMarked;
