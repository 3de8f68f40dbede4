/** What every service does in the same way. */
@NullMarked
package dev.aegis.model.service;

import org.jspecify.annotations.NullMarked;
