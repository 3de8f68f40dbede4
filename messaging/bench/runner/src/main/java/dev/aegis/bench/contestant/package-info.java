/** What is measured, as processes that are told what to do. */
@NullMarked
package dev.aegis.bench.contestant;

import org.jspecify.annotations.NullMarked;
