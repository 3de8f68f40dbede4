package dev.aegis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aegis.cli.generator.Answers;
import dev.aegis.cli.generator.Component;
import dev.aegis.cli.generator.ProjectName;
import dev.aegis.cli.generator.Template;
import dev.aegis.cli.git.SourceFile;
import dev.aegis.cli.git.Tree;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What {@code aegis.properties} in a project says: what it was generated from.
 *
 * @param release the version of the reference
 * @param commit the commit of the reference
 * @param tree the id of the generated tree, without this file
 * @param source where the clone of the reference was, or where that was cloned from
 */
record ProjectRecord(String release, String commit, String tree, String source, Answers answers) {
    static final String FILE = "aegis.properties";

    static ProjectRecord of(Template template, Answers answers, Tree tree) {
        return new ProjectRecord(template.release(), template.commit(), tree.id(), template.source(), answers);
    }

    SourceFile toFile() {
        return SourceFile.of(FILE, """
                # What this project was generated from. The command aegis of the reference reads and writes it.
                release=%s
                commit=%s
                tree=%s
                source=%s
                name=%s
                group=%s
                package=%s
                components=%s
                """.formatted(
                        release,
                        commit,
                        tree,
                        source.replace("\\", "\\\\"),
                        answers.name().kebab(),
                        answers.group(),
                        answers.basePackage(),
                        Component.list(answers.components())));
    }

    /** The record of the project that a folder is in. */
    static Optional<ProjectRecord> find(Path folder) {
        return folder(folder).map(project -> read(project.resolve(FILE)));
    }

    /** The folder of the project that a folder is in. */
    static Optional<Path> folder(Path folder) {
        for (var at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve(FILE))) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    static ProjectRecord read(Path file) {
        try {
            return parse(Files.readString(file, UTF_8), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProjectRecord parse(String text, String where) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var reader = new Object() {
            String get(String key) {
                var value = properties.getProperty(key);
                if (value == null) {
                    throw new CliException(where + " does not say " + key + ": restore it from git.");
                }
                return value;
            }
        };
        return new ProjectRecord(
                reader.get("release"),
                reader.get("commit"),
                reader.get("tree"),
                reader.get("source"),
                new Answers(
                        new ProjectName(reader.get("name")),
                        reader.get("group"),
                        reader.get("package"),
                        Component.parse(reader.get("components"))));
    }
}
