package dev.aegis.bench;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says on the standard error what is under way; the standard output has the results alone. */
public final class Progress {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Progress() {}

    public static void say(String format, Object... values) {
        System.err.println(LocalTime.now().format(TIME) + " " + String.format(Locale.ROOT, format, values));
    }
}
