/** What the extension does when an application is built. */
@NullMarked
package dev.aegis.messaging.deployment;

import org.jspecify.annotations.NullMarked;
