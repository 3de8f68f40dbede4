@NullMarked
package dev.aegis.messaging.deployment;

import org.jspecify.annotations.NullMarked;
