package dev.aegis.cli.generator;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gives texts and paths the names of the project: token by token, each in the form that its place asks for. */
final class Renamer {
    private static final Pattern NAME = Pattern.compile("dev(?<separator>\\\\?\\\\?[./])aegis(?![A-Za-z0-9])"
            + "(?:[./](?<package>[a-z]+))?"
            + "|(?<before>(?<![\\w])\\.)?(?<name>(?<![a-z0-9])aegis(?![a-z0-9])|AEGIS|Aegis)"
            + "(?<after>\\\\*[-._](?<word>[A-Za-z0-9]+))?");

    private final Answers answers;
    private final FrameNames frame;
    private final Set<String> volumes;

    /** @param volumes those of the compose file: Docker names them {@code PROJECT_VOLUME} */
    Renamer(Answers answers, FrameNames frame, Set<String> volumes) {
        this.answers = answers;
        this.frame = frame;
        this.volumes = volumes;
    }

    String path(String path) {
        return text(path);
    }

    String text(String text) {
        var matcher = NAME.matcher(text);
        var result = new StringBuilder();
        var at = 0;
        while (matcher.find(at)) {
            result.append(text, at, matcher.start());
            at = append(matcher, text, result);
        }
        return result.append(text, at, text.length()).toString();
    }

    /** Appends the new name, and returns where in the text the rest begins. */
    private int append(Matcher found, String text, StringBuilder result) {
        if (found.group("separator") != null) {
            var packageName = found.group("package");
            if (packageName != null && frame.hasPackage(packageName)) {
                result.append(found.group());
                return found.end();
            }
            var separator = found.group("separator");
            result.append(answers.basePackage().replace(".", separator));
            return packageName == null ? found.end() : found.start("package") - 1;
        }
        var name = found.group("name");
        if (found.group("before") != null) {
            // A hidden file or folder, such as .aegis/
            result.append('.').append(answers.name().kebab());
            return found.end("name");
        }
        if (isOfTheFrame(found)) {
            result.append(found.group());
            return found.end();
        }
        result.append(
                switch (name) {
                    case "AEGIS" -> answers.name().upper();
                    case "Aegis" -> capitalized(found, text);
                    default -> lower(found, text);
                });
        return found.end("name");
    }

    private boolean isOfTheFrame(Matcher found) {
        var after = found.group("after");
        return after != null
                && frame.hasWord(found.group("name") + after.replace("\\", "").charAt(0) + found.group("word"));
    }

    private String capitalized(Matcher found, String text) {
        var next = found.end("name") < text.length() ? text.charAt(found.end("name")) : ' ';
        if (Character.isLetterOrDigit(next)) {
            return answers.name().pascal();
        }
        var word = found.group("word");
        return next == '-' && word != null && Character.isUpperCase(word.charAt(0))
                ? answers.name().train()
                : answers.name().display();
    }

    /** With underscores where SQL reads it, with hyphens elsewhere. */
    private String lower(Matcher found, String text) {
        var after = found.group("after");
        if (after == null) {
            return text.startsWith("aegis-", found.start("name"))
                    ? answers.name().kebab()
                    : answers.name().snake();
        }
        if (after.startsWith("_")) {
            var volume = volumes.stream().anyMatch(name -> text.startsWith("_" + name, found.end("name")));
            return volume ? answers.name().kebab() : answers.name().snake();
        }
        return answers.name().kebab();
    }
}
