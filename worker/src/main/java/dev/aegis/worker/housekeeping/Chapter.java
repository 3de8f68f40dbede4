package dev.aegis.worker.housekeeping;

import java.util.Locale;

/** A kind of history, and the statement that removes a batch of it. */
enum Chapter {
    INSPECTIONS("""
            DELETE FROM public.inspection WHERE id = ANY (ARRAY(
                SELECT id FROM public.inspection
                WHERE finished_at < now() - make_interval(secs => :retention)
                ORDER BY finished_at LIMIT :batch
                FOR UPDATE SKIP LOCKED))
            """),

    REPORTS("""
            DELETE FROM public.armoury_report WHERE id = ANY (ARRAY(
                SELECT id FROM public.armoury_report
                WHERE created_at < now() - make_interval(secs => :retention)
                ORDER BY created_at LIMIT :batch
                FOR UPDATE SKIP LOCKED))
            """),

    /** Without its last firing, a schedule would take itself for one that has never fired, and make up for it. */
    FIRINGS("""
            DELETE FROM scheduling.schedule_firing WHERE id = ANY (ARRAY(
                SELECT id FROM scheduling.schedule_firing old
                WHERE fired_at < now() - make_interval(secs => :retention)
                  AND EXISTS (
                      SELECT FROM scheduling.schedule_firing later
                      WHERE later.schedule = old.schedule AND later.fire_time > old.fire_time AND later.fire_time <= now())
                ORDER BY fired_at LIMIT :batch
                FOR UPDATE SKIP LOCKED))
            """);

    private final String removal;

    Chapter(String removal) {
        this.removal = removal;
    }

    String removal() {
        return removal;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
