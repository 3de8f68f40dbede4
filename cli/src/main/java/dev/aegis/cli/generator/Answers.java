package dev.aegis.cli.generator;

import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * What a project is made from, beside the template.
 *
 * @param group the group id in Maven, such as {@code com.acme}
 * @param basePackage the package that has those of the modules below it, such as {@code com.acme.myproject}
 */
public record Answers(ProjectName name, String group, String basePackage, Set<Component> components) {
    private static final Pattern DOTTED = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
    private static final String FRAME = "dev.aegis";

    public Answers {
        components = Set.copyOf(components);
        check("group", group);
        check("package", basePackage);
    }

    /** The package that a project has unless another is asked for. */
    public static String packageOf(String group, ProjectName name) {
        return group + "." + name.joined();
    }

    private static void check(String what, String dotted) {
        if (!DOTTED.matcher(dotted).matches()) {
            throw new AnswerException("The " + what + " " + dotted
                    + " is invalid: write lower-case words with dots between" + " them, such as com.acme.");
        }
        for (var word : dotted.split("\\.", -1)) {
            if (SourceVersion.isKeyword(word)) {
                throw new AnswerException("The " + what + " " + dotted + " is invalid: " + word
                        + " is a keyword of Java. Name another with --package.");
            }
        }
        if (dotted.equals(FRAME) || dotted.startsWith(FRAME + ".")) {
            throw new AnswerException(
                    "The " + what + " " + dotted + " is that of the frame, which stays under its own name"
                            + " in each project: take one of your own, such as com.acme.");
        }
    }
}
