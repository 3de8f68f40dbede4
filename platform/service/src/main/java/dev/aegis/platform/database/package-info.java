/** The database: its URL, its schema, and a short way to write to it. */
@NullMarked
package dev.aegis.platform.database;

import org.jspecify.annotations.NullMarked;
