package dev.aegis.cli.generator;

import dev.aegis.cli.git.Git;
import dev.aegis.cli.git.Tree;
import java.util.Objects;

/**
 * The reference at one commit: what projects are made from.
 *
 * @param commit its id
 * @param source where the clone is, or where it was cloned from
 */
public record Template(String commit, String source, Tree tree) {

    /** Reads it from the objects of git, never from the work tree. */
    public static Template read(Git clone, String revision) {
        var commit = clone.tryRun("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
                .orElseThrow(() -> new AnswerException("There is no commit " + revision + " in " + clone.folder()
                        + ": git log there lists those that there are."));
        var source = clone.tryRun("remote", "get-url", "origin")
                .orElse(clone.folder().toString());
        return new Template(commit, source, Tree.of(clone.files(commit)));
    }

    /** The version in its POM. */
    public String release() {
        var pom = Objects.requireNonNull(tree.file("pom.xml"), "The reference has no pom.xml");
        return Xml.parse(pom.text()).child("project").child("version").text();
    }
}
