package dev.aegis.bench;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** Says on the standard error what is under way; the standard output has the results alone. */
public final class Progress {

    private Progress() {}

    public static void say(String format, Object... values) {
        System.err.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + String.format(format, values));
    }
}
