@NullMarked
package dev.aegis.bench;

import org.jspecify.annotations.NullMarked;
