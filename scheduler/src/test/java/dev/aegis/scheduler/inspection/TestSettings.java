package dev.aegis.scheduler.inspection;

import java.time.Duration;

/** The settings as they are shipped, but for the limit. */
record TestSettings(Duration interval, int maxPerRun, Duration requeueAfter) implements InspectionSettings {

    TestSettings(int maxPerRun) {
        this(Duration.ofHours(1), maxPerRun, Duration.ofHours(1));
    }
}
