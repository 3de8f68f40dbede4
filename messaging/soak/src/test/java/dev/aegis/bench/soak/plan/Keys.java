package dev.aegis.bench.soak.plan;

import java.util.Random;

/** Draws keys: a few that everybody uses, and many that few use. */
public final class Keys {

    private static final int HOT_ORDERING = 4;
    private static final int HOT_UNIQUE = 3;
    private static final String KEEP = "keep ";
    private static final String REPLACE = "replace ";
    private static final String MIXED = "mixed ";

    private final Random random;
    private final int cold;

    Keys(Random random, int messages) {
        this.random = random;
        this.cold = Math.max(50, messages / 30);
    }

    String ordering() {
        return random.nextBoolean() ? "hot " + random.nextInt(HOT_ORDERING) : "cold " + random.nextInt(cold);
    }

    String unique() {
        var number = random.nextInt(100) < 60 ? random.nextInt(HOT_UNIQUE) : HOT_UNIQUE + random.nextInt(cold);
        return (number % 3 == 0 ? KEEP : number % 3 == 1 ? REPLACE : MIXED) + number;
    }

    boolean isReplacing(String key) {
        return alwaysReplaces(key) || !alwaysKeeps(key) && random.nextBoolean();
    }

    /** Whether all messages of the unique key are dropped while another waits. */
    public static boolean alwaysKeeps(String key) {
        return key.startsWith(KEEP);
    }

    /** Whether all messages of the unique key replace one that waits. */
    public static boolean alwaysReplaces(String key) {
        return key.startsWith(REPLACE);
    }
}
