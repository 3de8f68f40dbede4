@NullMarked
package dev.aegis.bench.report;

import org.jspecify.annotations.NullMarked;
