package dev.aegis.bench.report;

import java.util.Locale;

/** Numbers for readers: no more digits than mean something. */
final class Numbers {

    private Numbers() {}

    static String of(double number) {
        return String.format(Locale.ROOT, Math.abs(number) < 100 ? "%.2f" : "%,.0f", number);
    }
}
