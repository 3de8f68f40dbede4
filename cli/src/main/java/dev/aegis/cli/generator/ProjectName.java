package dev.aegis.cli.generator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of a project in its forms.
 *
 * @param kebab as it is given, such as {@code my-project}
 */
public record ProjectName(String kebab) {
    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    /** The longest name of a container has 63 characters, and services and replicas are named behind the project. */
    private static final int LONGEST = 40;

    /** Words that cannot be the name of a role in PostgreSQL as it stands, or that have another meaning there. */
    private static final Set<String> TAKEN = Set.of(
            "all",
            "analyse",
            "analyze",
            "and",
            "any",
            "array",
            "as",
            "asc",
            "asymmetric",
            "authorization",
            "between",
            "bigint",
            "binary",
            "bit",
            "boolean",
            "both",
            "case",
            "cast",
            "char",
            "character",
            "check",
            "coalesce",
            "collate",
            "collation",
            "column",
            "concurrently",
            "constraint",
            "create",
            "cross",
            "current",
            "dec",
            "decimal",
            "default",
            "deferrable",
            "desc",
            "distinct",
            "do",
            "else",
            "end",
            "except",
            "exists",
            "extract",
            "false",
            "fetch",
            "float",
            "for",
            "foreign",
            "freeze",
            "from",
            "full",
            "grant",
            "greatest",
            "group",
            "grouping",
            "having",
            "ilike",
            "in",
            "initially",
            "inner",
            "inout",
            "int",
            "integer",
            "intersect",
            "interval",
            "into",
            "is",
            "isnull",
            "join",
            "lateral",
            "leading",
            "least",
            "left",
            "like",
            "limit",
            "localtime",
            "localtimestamp",
            "national",
            "natural",
            "nchar",
            "none",
            "normalize",
            "not",
            "notnull",
            "null",
            "nullif",
            "numeric",
            "offset",
            "on",
            "only",
            "or",
            "order",
            "out",
            "outer",
            "overlaps",
            "overlay",
            "placing",
            "position",
            "postgres",
            "precision",
            "primary",
            "public",
            "real",
            "references",
            "returning",
            "right",
            "row",
            "select",
            "session",
            "setof",
            "similar",
            "smallint",
            "some",
            "substring",
            "symmetric",
            "table",
            "tablesample",
            "then",
            "time",
            "timestamp",
            "to",
            "trailing",
            "treat",
            "trim",
            "true",
            "union",
            "unique",
            "user",
            "using",
            "values",
            "varchar",
            "variadic",
            "verbose",
            "when",
            "where",
            "window",
            "with");

    public ProjectName {
        if (!VALID.matcher(kebab).matches() || kebab.length() > LONGEST) {
            throw new AnswerException("The name " + (kebab.isEmpty() ? "is empty" : kebab + " is invalid")
                    + ": write 1 to " + LONGEST + " lower-case letters, digits and single hyphens, with a letter first"
                    + suggestion(kebab) + ".");
        }
        if (TAKEN.contains(kebab) || kebab.startsWith("pg-")) {
            throw new AnswerException(
                    "The name " + kebab + " has a meaning in PostgreSQL, and role and database are called"
                            + " like the project: take a name of two words, such as "
                            + (kebab.startsWith("pg-") ? "my-" : "the-")
                            + kebab + ".");
        }
        if (kebab.equals("aegis")) {
            throw new AnswerException(
                    "The name aegis is that of the reference: give the project a name of its own, such as my-project.");
        }
    }

    /** With underscores, as in SQL: {@code my_project}. */
    public String snake() {
        return kebab.replace('-', '_');
    }

    /** As in the environment: {@code MY_PROJECT}. */
    public String upper() {
        return snake().toUpperCase(Locale.ROOT);
    }

    /** As in prose: {@code My Project}. */
    public String display() {
        return capitalized(" ");
    }

    /** As in headers of HTTP: {@code My-Project}. */
    public String train() {
        return capitalized("-");
    }

    /** As in names of types: {@code MyProject}. */
    public String pascal() {
        return capitalized("");
    }

    /** As in packages: {@code myproject}. */
    public String joined() {
        return kebab.replace("-", "");
    }

    private String capitalized(String separator) {
        return Arrays.stream(kebab.split("-", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(separator));
    }

    private static String suggestion(String wrong) {
        var words = wrong.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+|-+$", "");
        var cut = words.length() > LONGEST ? words.substring(0, LONGEST).replaceAll("-+$", "") : words;
        return cut.isEmpty() ? "" : ", such as " + cut;
    }
}
