@NullMarked
package dev.aegis.bench.http;

import org.jspecify.annotations.NullMarked;
