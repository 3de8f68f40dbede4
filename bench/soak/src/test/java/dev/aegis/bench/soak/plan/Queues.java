package dev.aegis.bench.soak.plan;

import java.util.List;

/** The queues of the workers, which differ in what their handlers are. */
public final class Queues {

    /** Transactional. */
    public static final String EXACT = "exact";

    /** Transactional, all with ordering keys. */
    public static final String ORDERED = "ordered";

    /** Not transactional: at least once. */
    public static final String LOOSE = "loose";

    /** Transactional, many messages in one call. */
    public static final String BATCH = "batch";

    /** Transactional, with a time limit. */
    public static final String SLOW = "slow";

    /** Transactional, all with unique keys. */
    public static final String UNIQUE = "unique";

    /** Transactional, with a limit on what the cluster handles at once. */
    public static final String LIMITED = "limited";

    /** Transactional, with few attempts. */
    public static final String DOOMED = "doomed";

    public static final List<String> ALL = List.of(EXACT, ORDERED, LOOSE, BATCH, SLOW, UNIQUE, LIMITED, DOOMED);

    private Queues() {}
}
