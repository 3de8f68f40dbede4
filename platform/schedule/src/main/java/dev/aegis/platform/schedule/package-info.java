/** Quarkus schedules that run once per cluster: see {@link dev.aegis.platform.schedule.OncePerCluster}. */
@NullMarked
package dev.aegis.platform.schedule;

import org.jspecify.annotations.NullMarked;
