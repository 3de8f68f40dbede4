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

    /** Transactional, with a time to live. */
    public static final String FLEETING = "fleeting";

    /** No queue but an address, to which two are bound; their handlers are transactional. */
    public static final String NEWS = "news";

    public static final List<String> OF_NEWS = List.of("news-left", "news-right");

    /** Transactional, each message with a unique key of its own, by which many are cancelled. */
    public static final String REVOKED = "revoked";

    /** Where messages are sent to. */
    public static final List<String> DESTINATIONS =
            List.of(EXACT, ORDERED, LOOSE, BATCH, SLOW, UNIQUE, LIMITED, DOOMED, FLEETING, NEWS, REVOKED);

    /** Where they wait. */
    public static final List<String> ALL =
            DESTINATIONS.stream().flatMap(place -> copiesOf(place).stream()).toList();

    private Queues() {}

    /** The queues that get a copy of what is sent to a destination. */
    public static List<String> copiesOf(String destination) {
        return destination.equals(NEWS) ? OF_NEWS : List.of(destination);
    }
}
