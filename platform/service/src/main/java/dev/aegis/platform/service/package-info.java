/** What every service does in the same way. */
@NullMarked
package dev.aegis.platform.service;

import org.jspecify.annotations.NullMarked;
