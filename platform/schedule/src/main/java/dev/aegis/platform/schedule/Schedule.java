package dev.aegis.platform.schedule;

/**
 * Something that is due at certain times: a name, and what to ask for then. Each bean of this type is a schedule; the
 * setting {@code aegis.schedule.<name>.cron} says when it is due.
 *
 * <p>A firing is one transaction: what {@link #fire} writes and sends, and the record that it happened. If it throws, none
 * of it happened, and the firing is tried again.
 */
public interface Schedule {

    /** The name in settings, database, logs and metrics, such as {@code inspect-overdue}. Never changes. */
    String name();

    /**
     * Asks for the work, in the current transaction, which no other replica runs for this schedule at the same time.
     *
     * @return how many messages were sent, each made by {@link Firing#message}; one that its unique key held back counts
     */
    int fire(Firing firing);
}
