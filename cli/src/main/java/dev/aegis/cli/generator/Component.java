package dev.aegis.cli.generator;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a project can be made of. */
public enum Component {
    DATABASE(
            "database[postgresql]",
            true,
            "PostgreSQL: the database, the message broker and the coordinator of the schedules"),
    API("api", true, "REST: takes requests, answers queries"),
    WORKER("worker", false, "handles messages, any number of replicas"),
    SCHEDULER("scheduler", false, "requests work when it is due, once per cluster");

    /** What people ask for that is not there, and why. */
    private static final Map<String, String> DATABASES = Map.of(
            "sqlite",
            "SQLite has no LISTEN, no SKIP LOCKED and one writer at a time, so it cannot carry the queues and the schedules."
                    + " What it is usually wanted for, a database without a server to run, is here already: without Docker the"
                    + " project runs and tests itself on an embedded PostgreSQL. Write database[postgresql].",
            "mysql",
            "The queues and the schedules are written for PostgreSQL. Write database[postgresql].",
            "mariadb",
            "The queues and the schedules are written for PostgreSQL. Write database[postgresql].",
            "h2",
            "Tests and dev mode run on a real PostgreSQL, embedded where there is no Docker, so none is needed that resembles"
                    + " one. Write database[postgresql].");

    /**
     * The sets that a project can have. The smaller ones are added here when the reference can be cut to them; the tests
     * generate each.
     */
    private static final List<Set<Component>> SETS = List.of(EnumSet.allOf(Component.class));

    private final String id;
    private final boolean always;
    private final String description;

    Component(String id, boolean always, String description) {
        this.id = id;
        this.always = always;
        this.description = description;
    }

    /** As it is written on the command line. */
    public String id() {
        return id;
    }

    /** Whether each project has it. */
    public boolean always() {
        return always;
    }

    public String description() {
        return description;
    }

    /** All sets that a project can have. */
    public static List<Set<Component>> sets() {
        return SETS;
    }

    /** The components that a comma-separated list names, and those that each project has. */
    public static Set<Component> parse(String list) {
        var components = EnumSet.noneOf(Component.class);
        for (var word : list.split(",", -1)) {
            components.add(one(word.strip()));
        }
        for (var component : values()) {
            if (component.always) {
                components.add(component);
            }
        }
        if (!SETS.contains(components)) {
            throw new AnswerException("A project of " + list(components) + " cannot be generated yet. What can: "
                    + SETS.stream().map(Component::list).collect(Collectors.joining("; ")) + ".");
        }
        return components;
    }

    /** As on the command line, in the order of the table. */
    public static String list(Collection<Component> components) {
        return Arrays.stream(values())
                .filter(components::contains)
                .map(Component::id)
                .collect(Collectors.joining(","));
    }

    private static Component one(String word) {
        for (var component : values()) {
            if (component.id.equals(word)) {
                return component;
            }
        }
        var ids = Arrays.stream(values()).map(Component::id).toList();
        if (word.startsWith("database[") && word.endsWith("]")) {
            var reason = DATABASES.get(word.substring("database[".length(), word.length() - 1));
            if (reason != null) {
                throw new AnswerException("There is no " + word + ". " + reason);
            }
        }
        if (word.equals("database") || word.startsWith("database[")) {
            throw new AnswerException("There is no " + word + ": the database is " + DATABASE.id + ".");
        }
        throw new AnswerException("There is no component " + (word.isEmpty() ? "without a name" : word)
                + Nearest.to(word, ids)
                        .map(near -> ": perhaps " + near + " is meant")
                        .orElse("") + ". The components are "
                + String.join(", ", ids) + "; aegis list tells more of them.");
    }
}
