/** What all services agree on. */
@NullMarked
package dev.aegis.model;

import org.jspecify.annotations.NullMarked;
