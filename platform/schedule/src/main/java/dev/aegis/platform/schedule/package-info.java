/** Schedules, and their firings: each once, however many replicas run and however many were down. */
@NullMarked
package dev.aegis.platform.schedule;

import org.jspecify.annotations.NullMarked;
