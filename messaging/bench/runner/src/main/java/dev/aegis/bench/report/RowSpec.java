package dev.aegis.bench.report;

import static dev.aegis.bench.report.RowSpec.Sense.AT_LEAST;
import static dev.aegis.bench.report.RowSpec.Sense.AT_MOST;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is to be reached: the rows of the table. */
public enum RowSpec {
    DRAIN_SINGLE(AT_LEAST, 1.2, "drain, one payload a call, against the fastest peer"),
    DRAIN_BATCH(AT_LEAST, 2.0, "drain, lists of 100, against the fastest peer"),
    DRAIN_BATCH_FLOOR(AT_LEAST, 0.7, "drain, lists of 100, against leases of 100 in plain JDBC"),
    EFFECT_DB_SCHEDULER(AT_LEAST, 1.3, "handlers that write one row each, against db-scheduler"),
    EFFECT_JOBRUNR(AT_LEAST, 3.0, "handlers that write one row each, against JobRunr"),
    EFFECT_ALONE_DB_SCHEDULER(AT_LEAST, 1.3, "the same, each row in a transaction of its own, against db-scheduler"),
    EFFECT_ALONE_JOBRUNR(AT_LEAST, 3.0, "the same, each row in a transaction of its own, against JobRunr"),
    EFFECT_ALONE_FLOOR(AT_LEAST, 0.7, "the same, each row in a transaction of its own, against plain JDBC"),
    EFFECT_BATCH_FLOOR(AT_LEAST, 0.7, "lists of 100 that write 100 rows, against the same in plain JDBC"),
    SENDING(AT_LEAST, 0.8, "transactions that send one message, against the same insert without a queue"),
    PICKUP_P50(AT_MOST, 1.0, "median of the time from the send to the handler, against the lowest peer"),
    PICKUP_P99(AT_MOST, 1.0, "99th percentile of the same"),
    DECAY_WAITING(AT_MOST, 1.5, "drain with as many more waiting as the backlog says: slowdown"),
    DECAY_WAITING_CLAIM(AT_MOST, 1.5, "the same: slowdown of the claim"),
    DECAY_DELAYED(AT_MOST, 1.5, "drain beside a backlog of delayed messages: slowdown"),
    DECAY_DELAYED_CLAIM(AT_MOST, 1.5, "the same: slowdown of the claim"),
    DECAY_DEAD(AT_MOST, 1.5, "drain beside a backlog of dead letters: slowdown"),
    DECAY_DEAD_CLAIM(AT_MOST, 1.5, "the same: slowdown of the claim"),
    DECAY_SNAPSHOT(AT_MOST, 2.0, "drain while a session holds an old snapshot open: slowdown"),
    DECAY_SNAPSHOT_CLAIM(AT_MOST, 2.0, "the same: slowdown of the claim"),
    IDLE_QUERIES(AT_MOST, 5.0, "statements per second of the whole idle system"),
    IDLE_CPU(AT_MOST, 1.0, "percent of a core that the idle system and its PostgreSQL use"),
    MAIN_JOB(AT_LEAST, 1000, "inspections per second of one request for many, by api and worker"),
    MAIN_JOB_OUTCOME(AT_MOST, 25, "median of the milliseconds from a request for one inspection to its outcome"),
    REST_READ(AT_LEAST, 1.5, "GET /shields/{id}, requests per second, against Spring Boot"),
    REST_READ_PGBENCH(AT_LEAST, 0.1, "the same, against its statement in pgbench"),
    REST_WRITE(AT_LEAST, 1.3, "POST /shields, requests per second, against Spring Boot"),
    REST_WRITE_PGBENCH(AT_LEAST, 0.1, "the same, against its statement in pgbench"),
    BASELINE_DRAIN_SINGLE(AT_LEAST, 0.95, "drain, one payload a call, against the baseline"),
    BASELINE_DRAIN_BATCH(AT_LEAST, 0.95, "drain, lists of 100, against the baseline"),
    BASELINE_EFFECT(AT_LEAST, 0.95, "handlers that write one row each, against the baseline"),
    BASELINE_EFFECT_ALONE(AT_LEAST, 0.95, "the same, each row in a transaction of its own, against the baseline"),
    BASELINE_EFFECT_BATCH(AT_LEAST, 0.95, "lists of 100 that write 100 rows, against the baseline"),
    BASELINE_SENDING(AT_LEAST, 0.95, "transactions that send one message, against the baseline"),
    BASELINE_PICKUP_P50(AT_MOST, 1.05, "median of the time from the send to the handler, against the baseline"),
    BASELINE_PICKUP_P99(AT_MOST, 1.05, "99th percentile of the same"),
    BASELINE_MAIN_JOB(AT_LEAST, 0.95, "inspections per second of one request for many, against the baseline"),
    BASELINE_MAIN_JOB_OUTCOME(AT_MOST, 1.05, "time from a request for one inspection to its outcome, the same"),
    BASELINE_REST_READ(AT_LEAST, 0.95, "GET /shields/{id}, requests per second, against the baseline"),
    BASELINE_REST_WRITE(AT_LEAST, 0.95, "POST /shields, requests per second, against the baseline");

    private static final String BASELINE = "BASELINE_";

    private final Sense sense;
    private final double spec;
    private final String description;

    RowSpec(Sense sense, double spec, String description) {
        this.sense = sense;
        this.spec = spec;
        this.description = description;
    }

    /** On which side of the bar the good is. */
    public enum Sense {
        AT_LEAST("≥"),
        AT_MOST("≤");

        private final String sign;

        Sense(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    /** As in the results, for example {@code drain-batch-floor}. */
    public String row() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it compares this build of the connector with another one. */
    public boolean isOfBaseline() {
        return name().startsWith(BASELINE);
    }

    public Sense sense() {
        return sense;
    }

    public double spec() {
        return spec;
    }

    public String description() {
        return description;
    }

    boolean isHeldBy(double ratio) {
        return sense == AT_LEAST ? ratio >= spec : ratio <= spec;
    }

    /** The names of all rows. */
    public static List<String> rows() {
        return Arrays.stream(values()).map(RowSpec::row).toList();
    }
}
