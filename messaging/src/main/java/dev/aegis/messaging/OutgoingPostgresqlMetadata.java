package dev.aegis.messaging;

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

    private final @Nullable Duration delay;
    private final @Nullable Instant dueAt;
    private final int priority;
    private final Map<String, String> headers;

    private OutgoingPostgresqlMetadata(Builder builder) {
        this.delay = builder.delay;
        this.dueAt = builder.dueAt;
        this.priority = builder.priority;
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

    public Map<String, String> getHeaders() {
        return headers;
    }

    /** Builds the metadata. Not thread-safe. */
    public static final class Builder {

        private @Nullable Duration delay;
        private @Nullable Instant dueAt;
        private int priority;
        private final Map<String, String> headers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * How long after it was sent the message is due, by the clock of the database.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder withDelay(Duration delay) {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("a delay is 0 or more, not " + delay);
            }
            this.delay = delay;
            this.dueAt = null;
            return this;
        }

        /** When the message is due; at once when that is past. */
        public Builder withDueAt(Instant dueAt) {
            this.dueAt = dueAt;
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

        /** Attaches a header; the receiver finds it in {@link IncomingPostgresqlMetadata#getHeaders()}. */
        public Builder withHeader(String name, String value) {
            headers.put(name, value);
            return this;
        }

        public OutgoingPostgresqlMetadata build() {
            return new OutgoingPostgresqlMetadata(this);
        }
    }
}
