package dev.aegis.cli.generator;

import dev.aegis.cli.git.SourceFile;
import dev.aegis.cli.git.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a project of the reference: a pure function from a commit and the answers to a tree. Paths decide what a project
 * gets, the structure of shared files what is cut out of them; then names are replaced, and Java is formatted.
 */
public final class Generator {
    private static final Pattern TARGET = Pattern.compile("(?m)^([a-z][a-z0-9-]*):");

    private Generator() {}

    public static Tree generate(Template template, Answers answers) {
        var reference = template.tree().files();
        var kept = reference.stream()
                .filter(file -> Layout.isInProject(file.path()))
                .toList();
        var frame = kept.stream().filter(file -> Layout.isFrame(file.path())).toList();
        var own = kept.stream().filter(file -> !Layout.isFrame(file.path())).toList();

        var names = FrameNames.in(frame, own);
        var renamer = new Renamer(answers, names, YamlEditor.volumes(text(template, "docker-compose.yml")));
        var poms = new PomEditor(poms(reference), answers, renamer, names.artifacts()).edit(poms(kept));

        var files = new ArrayList<>(poms);
        var tree = Tree.of(kept);
        var targets = targets(kept);
        frame.stream()
                .filter(file -> !isPom(file))
                .map(file -> cut(file, tree, targets))
                .forEach(files::add);
        files.addAll(own.parallelStream()
                .filter(file -> !isPom(file))
                .map(file -> named(cut(file, tree, targets), answers, renamer))
                .toList());
        return Tree.of(files);
    }

    private static boolean isPom(SourceFile file) {
        return file.name().equals("pom.xml");
    }

    private static List<SourceFile> poms(Collection<SourceFile> files) {
        return files.stream().filter(Generator::isPom).toList();
    }

    private static String text(Template template, String path) {
        return Objects.requireNonNull(template.tree().file(path), () -> "The reference has no " + path)
                .text();
    }

    /** Those of the Makefile and of the files that it includes. */
    private static Set<String> targets(List<SourceFile> files) {
        return files.stream()
                .filter(file -> file.name().equals("Makefile") || file.name().endsWith(".mk"))
                .flatMap(file -> TARGET.matcher(file.text()).results())
                .map(target -> target.group(1))
                .collect(Collectors.toSet());
    }

    private static SourceFile cut(SourceFile file, Tree kept, Set<String> targets) {
        if (file.path().endsWith(".md")) {
            return file.withText(MarkdownEditor.edit(file.path(), file.text(), kept::exists, targets::contains));
        }
        if (file.path().equals(".github/dependabot.yml")) {
            return file.withText(YamlEditor.withoutUpdatesOf(file.text(), folder -> !kept.exists(folder)));
        }
        return file;
    }

    private static SourceFile named(SourceFile file, Answers answers, Renamer renamer) {
        var path = renamer.path(file.path());
        if (file.binary()) {
            return file.withPath(path);
        }
        var before = file.path().equals("docker-compose.yml")
                ? YamlEditor.named(file.text(), answers.name().kebab())
                : file.text();
        var after = renamer.text(before);
        if (path.endsWith(".java")) {
            after = JavaSource.formatted(before, after);
        } else if (path.endsWith(".md")) {
            after = MarkdownEditor.editJava(
                    after, source -> withEnd(JavaSource.format(JavaSource.withSortedImports(source))));
        }
        return file.withText(after).withPath(path);
    }

    private static String withEnd(String source) {
        return source.endsWith("\n") ? source : source + "\n";
    }
}
