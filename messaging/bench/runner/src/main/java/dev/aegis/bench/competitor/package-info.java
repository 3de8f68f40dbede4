/** What is measured, as processes that are told what to do. */
@NullMarked
package dev.aegis.bench.competitor;

import org.jspecify.annotations.NullMarked;
