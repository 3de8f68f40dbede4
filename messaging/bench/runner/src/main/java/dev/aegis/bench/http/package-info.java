/** Services that are measured over HTTP, and the client that measures them. */
@NullMarked
package dev.aegis.bench.http;

import org.jspecify.annotations.NullMarked;
