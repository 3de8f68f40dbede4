package dev.aegis.cli;

import dev.aegis.cli.generator.Template;
import dev.aegis.cli.git.Git;
import java.nio.file.Path;

/** This reference as it is in the work tree, which a commit is made of that no branch names. */
public final class Reference {
    public static final Path FOLDER = Path.of("..").toAbsolutePath().normalize();

    private static final String COMMIT = commit();

    private Reference() {}

    public static Template template() {
        return Template.read(new Git(FOLDER), COMMIT);
    }

    /** Its id. */
    public static String commit() {
        var git = new Git(FOLDER);
        var changed = git.run("-c", "user.name=test", "-c", "user.email=test@localhost", "stash", "create");
        return changed.isEmpty() ? git.run("rev-parse", "HEAD") : changed;
    }
}
