package dev.aegis.messaging.internal.store;

import java.util.regex.Pattern;

/** What a queue, or a topic, may be called: 1 to 50 letters, digits, dots, underscores or hyphens, a letter or digit first. */
public final class QueueName {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,49}");

    private QueueName() {}

    /**
     * Returns {@code name}.
     *
     * @throws IllegalArgumentException when no queue may be called so
     */
    public static String checked(String name) {
        return checked("queue", name);
    }

    /**
     * Returns {@code name}.
     *
     * @throws IllegalArgumentException when no topic may be called so
     */
    public static String checkedTopic(String name) {
        return checked("topic", name);
    }

    private static String checked(String setting, String name) {
        if (!VALID.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    setting + " is a name of 1 to 50 letters, digits, dots, underscores or hyphens,"
                            + " a letter or digit first, not '" + name + "'");
        }
        return name;
    }
}
