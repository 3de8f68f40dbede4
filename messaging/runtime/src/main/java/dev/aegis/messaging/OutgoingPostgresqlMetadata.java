package dev.aegis.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a message shall be sent. Added to it by {@code Message.of(payload).addMetadata(…)}; without it a message is due at
 * once, of priority 0, and without headers. Immutable.
 */
public final class OutgoingPostgresqlMetadata {

    private static final int LONGEST_KEY = 255;
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final @Nullable Duration delay;
    private final @Nullable Instant dueAt;
    private final int priority;
    private final @Nullable Duration timeToLive;
    private final @Nullable String uniqueKey;
    private final boolean replacing;
    private final @Nullable String orderingKey;
    private final Map<String, String> headers;

    private OutgoingPostgresqlMetadata(Builder builder) {
        this.delay = builder.delay;
        this.dueAt = builder.dueAt;
        this.priority = builder.priority;
        this.timeToLive = builder.timeToLive;
        this.uniqueKey = builder.uniqueKey;
        this.replacing = builder.replacing;
        this.orderingKey = builder.orderingKey;
        this.headers = Map.copyOf(builder.headers);
    }

    public static Builder builder() {
        return new Builder();
    }

    public @Nullable Duration getDelay() {
        return delay;
    }

    public @Nullable Instant getDueAt() {
        return dueAt;
    }

    public int getPriority() {
        return priority;
    }

    /** How long after it was sent the message may wait for its handler; null when it does not expire. */
    public @Nullable Duration getTimeToLive() {
        return timeToLive;
    }

    public @Nullable String getUniqueKey() {
        return uniqueKey;
    }

    /** Whether it takes the place of the message that has its unique key, instead of being dropped. */
    public boolean isReplacing() {
        return replacing;
    }

    public @Nullable String getOrderingKey() {
        return orderingKey;
    }

    public Map<String, String> getHeaders() {
        return headers;
    }

    /** Builds the metadata. Not thread-safe. */
    public static final class Builder {

        private @Nullable Duration delay;
        private @Nullable Instant dueAt;
        private int priority;
        private @Nullable Duration timeToLive;
        private @Nullable String uniqueKey;
        private boolean replacing;
        private @Nullable String orderingKey;
        private final Map<String, String> headers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * How long after it was sent the message is due, by the clock of the database.
         *
         * @param delay 0 to 36500 days
         * @throws IllegalArgumentException when it is out of that range
         */
        public Builder withDelay(Duration delay) {
            if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("a delay is from 0 to " + LONGEST.toDays() + " days, not " + delay);
            }
            this.delay = delay;
            this.dueAt = null;
            return this;
        }

        /**
         * When the message is due, by the clock of the database; at once when that is past.
         *
         * @param dueAt 9999-12-31T23:59:59Z at the latest; one before 1970 is taken as the beginning of 1970
         * @throws IllegalArgumentException when it is later
         */
        public Builder withDueAt(Instant dueAt) {
            if (dueAt.isAfter(LATEST)) {
                throw new IllegalArgumentException("a message is due at " + LATEST + " at the latest, not " + dueAt);
            }
            this.dueAt = dueAt.isBefore(Instant.EPOCH) ? Instant.EPOCH : dueAt;
            this.delay = null;
            return this;
        }

        /**
         * The priority, from -32768 to 32767; lower is handled first.
         *
         * @throws IllegalArgumentException when it is out of that range
         */
        public Builder withPriority(int priority) {
            if (priority < Short.MIN_VALUE || priority > Short.MAX_VALUE) {
                throw new IllegalArgumentException("a priority is from -32768 to 32767, not " + priority);
            }
            this.priority = priority;
            return this;
        }

        /**
         * How long after it was sent the message may wait, by the clock of the database; what no handler was given until
         * then is dropped. Without it a message does not expire.
         *
         * @param timeToLive 1 ms to 36500 days
         * @throws IllegalArgumentException when it is out of that range
         */
        public Builder withTimeToLive(Duration timeToLive) {
            if (timeToLive.compareTo(Duration.ofMillis(1)) < 0 || timeToLive.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "a time to live is from 1 ms to " + LONGEST.toDays() + " days, not " + timeToLive);
            }
            this.timeToLive = timeToLive;
            return this;
        }

        /**
         * Sends the message only if no other message of its queue with this key waits, is delayed or is blocked; otherwise
         * this one is dropped. The key is free again just before the handling of its message begins, so that a handler
         * always sees what the sender wrote before.
         *
         * @param key 1 to 255 characters
         * @throws IllegalArgumentException when it is empty or too long, or has a NUL or an unpaired surrogate
         */
        public Builder withUniqueKey(String key) {
            this.uniqueKey = checked("a unique key", key);
            this.replacing = false;
            return this;
        }

        /**
         * Like {@link #withUniqueKey}, but it is this message that is kept, with its payload and its due time, and the other
         * one that is dropped.
         *
         * @param key 1 to 255 characters
         * @throws IllegalArgumentException when it is empty or too long, or has a NUL or an unpaired surrogate
         */
        public Builder withReplacingUniqueKey(String key) {
            this.uniqueKey = checked("a unique key", key);
            this.replacing = true;
            return this;
        }

        /**
         * Messages of one queue with the same ordering key are handled one at a time in the whole cluster, in the order in which they
         * were sent. One that failed holds back those behind it until it succeeds or is given up. One with a delay takes
         * part in the order when it is due.
         *
         * @param key 1 to 255 characters
         * @throws IllegalArgumentException when it is empty or too long, or has a NUL or an unpaired surrogate
         */
        public Builder withOrderingKey(String key) {
            this.orderingKey = checked("an ordering key", key);
            return this;
        }

        private static String checked(String what, String key) {
            if (key.isEmpty() || key.length() > LONGEST_KEY) {
                throw new IllegalArgumentException(what + " has 1 to " + LONGEST_KEY + " characters");
            }
            requireStorable(what, key);
            return key;
        }

        private static void requireStorable(String what, String text) {
            if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                throw new IllegalArgumentException(what + " can't be stored: it has a NUL or half of a surrogate pair");
            }
        }

        /**
         * Attaches a header; the receiver finds it in {@link IncomingPostgresqlMetadata#getHeaders()}.
         *
         * @throws IllegalArgumentException when its name or value has a NUL or an unpaired surrogate
         */
        public Builder withHeader(String name, String value) {
            requireStorable("the name of a header", name);
            requireStorable("the header " + name, value);
            headers.put(name, value);
            return this;
        }

        public OutgoingPostgresqlMetadata build() {
            return new OutgoingPostgresqlMetadata(this);
        }
    }
}
