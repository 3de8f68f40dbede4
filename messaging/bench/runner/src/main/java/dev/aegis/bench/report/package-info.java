/** The figures as rows, table and chart. */
@NullMarked
package dev.aegis.bench.report;

import org.jspecify.annotations.NullMarked;
