package dev.aegis.cli.generator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Leaves out of a page what speaks of files and commands that a project has not: a row of a table, an item of a list, a
 * sentence, a line of a listing, or a section whose heading links to such a file. What is not changed keeps its bytes.
 */
final class MarkdownEditor {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("(?:`|^\\$ )make ([a-z][a-z0-9-]*)");
    private static final Pattern ITEM = Pattern.compile("( *)([-*]|\\d+\\.) .*");
    private static final Pattern LISTED = Pattern.compile("( *)((?:[\\w.-]+/ +)+).*");
    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?)])\\s+(?=[A-Z`\\[])");
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(package .*?)^```$");
    private static final int WIDTH = 140;

    private final String folder;
    private final Predicate<String> exists;
    private final Predicate<String> command;
    private final List<String> result = new ArrayList<>();
    private boolean changed;

    private MarkdownEditor(String folder, Predicate<String> exists, Predicate<String> command) {
        this.folder = folder;
        this.exists = exists;
        this.command = command;
    }

    /**
     * @param path of the page
     * @param exists whether the project has a file or folder
     * @param command whether its Makefile has a target
     */
    static String edit(String path, String page, Predicate<String> exists, Predicate<String> command) {
        var folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        var editor = new MarkdownEditor(folder, exists, command);
        editor.read(Arrays.asList(page.split("\n", -1)));
        return editor.changed ? String.join("\n", editor.withoutEmptySections()) : page;
    }

    /** With each class in it changed by a function. */
    static String editJava(String page, Function<String, String> edit) {
        return JAVA.matcher(page)
                .replaceAll(block -> Matcher.quoteReplacement("```java\n" + edit.apply(block.group(1)) + "```"));
    }

    private void read(List<String> lines) {
        var at = 0;
        while (at < lines.size()) {
            var line = lines.get(at);
            var end = at + 1;
            if (line.startsWith("```")) {
                while (end < lines.size() && !lines.get(end).startsWith("```")) {
                    end++;
                }
                end = Math.min(end + 1, lines.size());
                code(lines.subList(at, end));
            } else if (line.startsWith("#")) {
                if (isDead(line)) {
                    var level = level(line);
                    while (end < lines.size() && !(level(lines.get(end)) > 0 && level(lines.get(end)) <= level)) {
                        end++;
                    }
                    changed = true;
                } else {
                    result.add(line);
                }
            } else if (line.startsWith("|")) {
                keep(List.of(line), !isDead(line));
            } else if (line.isBlank()) {
                result.add(line);
            } else {
                while (end < lines.size() && continues(lines.get(end))) {
                    end++;
                }
                prose(lines.subList(at, end));
            }
            at = end;
        }
    }

    private static boolean continues(String line) {
        return !line.isBlank()
                && !line.startsWith("#")
                && !line.startsWith("|")
                && !line.startsWith("```")
                && !ITEM.matcher(line).matches();
    }

    private static int level(String line) {
        return line.startsWith("#")
                ? line.length() - line.replaceFirst("^#+", "").length()
                : 0;
    }

    private void keep(List<String> lines, boolean kept) {
        if (kept) {
            result.addAll(lines);
        } else {
            changed = true;
        }
    }

    private boolean isDead(String text) {
        return LINK.matcher(text).results().map(link -> link.group(1)).anyMatch(this::isMissing)
                || COMMAND.matcher(text).results().anyMatch(found -> !command.test(found.group(1)));
    }

    private boolean isMissing(String target) {
        return !target.contains(":") && !exists.test(normalized(folder, target));
    }

    private static String normalized(String folder, String target) {
        return Path.of(folder, target).normalize().toString();
    }

    /** A listing of commands or of folders, a line at a time; other code as it is. */
    private void code(List<String> lines) {
        var language = lines.get(0).substring(3).strip();
        if (!language.isEmpty() && !language.equals("console")) {
            result.addAll(lines);
            return;
        }
        var parents = new ArrayList<String[]>(); // indentation and folder
        for (var line : lines) {
            var listed = LISTED.matcher(line);
            var kept = !isDead(line);
            if (language.isEmpty() && listed.matches()) {
                var indentation = listed.group(1);
                parents.removeIf(parent -> parent[0].length() >= indentation.length());
                var parent = parents.isEmpty() ? "" : parents.get(parents.size() - 1)[1];
                var folders = Arrays.stream(listed.group(2).strip().split("/ *", -1))
                        .filter(name -> !name.isEmpty())
                        .map(name -> parent.isEmpty() ? name : parent + "/" + name)
                        .toList();
                parents.add(new String[] {indentation, folders.get(0)});
                kept &= folders.stream().anyMatch(exists);
            }
            keep(List.of(line), kept);
        }
    }

    private void prose(List<String> lines) {
        var text = String.join("\n", lines);
        if (!isDead(text)) {
            result.addAll(lines);
            return;
        }
        changed = true;
        var item = ITEM.matcher(lines.get(0));
        var mark = item.matches() ? item.group(1) + item.group(2) + " " : "";
        var kept = Arrays.stream(SENTENCE.split(text.substring(mark.length())))
                .filter(sentence -> !isDead(sentence.replaceAll("\\s+", " ")))
                .collect(Collectors.joining(" "));
        if (!kept.isEmpty()) {
            result.addAll(wrapped(mark, kept));
        } else if (mark.isEmpty()
                && !result.isEmpty()
                && result.get(result.size() - 1).isBlank()) {
            result.remove(result.size() - 1);
        }
    }

    private static List<String> wrapped(String mark, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(mark);
        for (var word : text.split("\\s+", -1)) {
            if (line.length() > mark.length() && line.length() + word.length() >= WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(mark.length()));
            } else if (line.length() > mark.length()) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private List<String> withoutEmptySections() {
        var lines = new ArrayList<String>();
        for (var at = 0; at < result.size(); at++) {
            var next = at + 1;
            while (next < result.size() && result.get(next).isBlank()) {
                next++;
            }
            var empty = level(result.get(at)) > 1
                    && (next == result.size()
                            || (level(result.get(next)) > 0 && level(result.get(next)) <= level(result.get(at))));
            if (empty) {
                at = next - 1;
            } else {
                lines.add(result.get(at));
            }
        }
        while (lines.size() > 1
                && lines.get(lines.size() - 1).isEmpty()
                && lines.get(lines.size() - 2).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        if (!lines.get(lines.size() - 1).isEmpty()) {
            lines.add("");
        }
        return lines;
    }
}
