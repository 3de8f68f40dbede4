package dev.aegis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aegis.cli.generator.Generator;
import dev.aegis.cli.generator.Template;
import dev.aegis.cli.git.Git;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what a project has changed against what was generated.",
            "Run it in the project. It shows committed and uncommitted changes; new files are shown when git knows them"
                    + " (git add)."
        })
final class DiffCommand implements Callable<Integer> {
    private static final byte[] NOTHING = {};

    private final Environment environment;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--stat", description = "Show the names of the files, and how many lines changed.")
    private boolean stat;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Of these files and folders alone.")
    private List<Path> paths = new ArrayList<>();

    DiffCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var folder = ProjectRecord.folder(environment.folder())
                .orElseThrow(() -> new CliException("There is no " + ProjectRecord.FILE + " in " + environment.folder()
                        + " or above it: run aegis diff in a project that aegis init has made."));
        var base = base(new Git(folder), ProjectRecord.read(folder.resolve(ProjectRecord.FILE)));
        var arguments = new ArrayList<>(List.of("diff"));
        if (stat) {
            arguments.add("--stat");
        }
        arguments.add(base);
        arguments.add("--");
        paths.forEach(path -> arguments.add(path.toString()));
        if (paths.isEmpty()) {
            arguments.add(folder.toString());
        }
        var git = new Git(environment.folder());
        spec.commandLine().getOut().print(new String(git.run(NOTHING, arguments.toArray(String[]::new)), UTF_8));
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** The commit that holds the generated tree: that of the record, else a new one that no branch names. */
    private String base(Git project, ProjectRecord record) {
        var recorded = project.tryRun("log", "-1", "--format=%H", "--", ProjectRecord.FILE)
                .orElse("");
        if (!recorded.isEmpty() && treeOf(project, recorded).equals(record.tree())) {
            return recorded;
        }
        var template = Template.read(new Git(environment.reference()), record.commit());
        var tree = Generator.generate(template, record.answers());
        if (!tree.id().equals(record.tree())) {
            throw new CliException("What this command generates of commit " + record.commit() + " is no longer what was"
                    + " generated then (tree " + record.tree() + "): use the command of that commit.");
        }
        var reference = "refs/aegis/generated";
        project.commit(
                reference, tree.with(record.toFile()), "aegis <aegis@localhost> 0 +0000", "What was generated\n");
        return reference;
    }

    /** The id of the tree of a commit without the record. */
    private static String treeOf(Git project, String commit) {
        var entries = new StringBuilder();
        project.run("ls-tree", "--full-tree", commit)
                .lines()
                .filter(line -> !line.endsWith("\t" + ProjectRecord.FILE))
                .forEach(line -> entries.append(line).append('\n'));
        return new String(project.run(entries.toString().getBytes(UTF_8), "mktree"), UTF_8).strip();
    }
}
