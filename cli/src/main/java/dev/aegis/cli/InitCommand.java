package dev.aegis.cli;

import dev.aegis.cli.generator.Answers;
import dev.aegis.cli.generator.Component;
import dev.aegis.cli.generator.Generator;
import dev.aegis.cli.generator.ProjectName;
import dev.aegis.cli.generator.Template;
import dev.aegis.cli.git.Git;
import dev.aegis.cli.git.SourceFile;
import dev.aegis.cli.git.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes a project of your own: with its name, its packages and its components, in a git repository whose first commit"
                    + " is exactly what was generated.",
            "It is made from a commit of this reference, never from uncommitted changes."
        },
        footer = {
            "",
            "Examples:",
            "  aegis init my-project",
            "  aegis init my-project --group com.acme --components database[postgresql],scheduler,worker",
            "  aegis init my-project --into ~/work/my-project --dry-run"
        })
final class InitCommand implements Callable<Integer> {
    private static final String BRANCH = "main";

    private final Environment environment;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            description =
                    "1 to 40 lower-case letters, digits and hyphens, such as my-project. Database, images, settings and"
                            + " packages are named after it.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(
            names = "--components",
            paramLabel = "LIST",
            description = "Comma-separated; all of them unless set. aegis list tells what there is.")
    private @Nullable String components;

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            defaultValue = "com.example",
            description = "The group id in Maven (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String group;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The package above those of the modules (default: GROUP.name, without hyphens).")
    private @Nullable String basePackage;

    @Option(names = "--into", paramLabel = "DIR", description = "The folder of the project (default: NAME).")
    private @Nullable Path into;

    @Option(
            names = "--from",
            paramLabel = "COMMIT",
            defaultValue = "HEAD",
            description = "The commit or tag of the reference that it is made from (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String from;

    @Option(names = "--dry-run", description = "Say what would be written, and write nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    InitCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var start = System.nanoTime();
        var project = new ProjectName(name);
        Set<Component> chosen = components == null ? EnumSet.allOf(Component.class) : Component.parse(components);
        var answers = new Answers(
                project, group, basePackage == null ? Answers.packageOf(group, project) : basePackage, chosen);
        var folder = environment
                .folder()
                .resolve(into == null ? Path.of(name) : into)
                .normalize();
        checkFree(folder);

        var template = Template.read(new Git(environment.reference()), from);
        var generated = Generator.generate(template, answers);
        var record = ProjectRecord.of(template, answers, generated);
        var tree = generated.with(record.toFile());
        if (!dryRun) {
            write(tree, record, folder);
        }
        report(folder, tree, record, (System.nanoTime() - start) / 1_000_000);
        return 0;
    }

    private void checkFree(Path folder) {
        if (Files.isRegularFile(folder)) {
            throw new CliException(folder + " is a file: name another folder with --into.");
        }
        try {
            if (Files.exists(folder)) {
                try (var entries = Files.list(folder)) {
                    if (entries.findAny().isPresent()) {
                        throw new CliException(
                                folder + " is not empty, and a project is made in a folder of its own: name"
                                        + " another with --into, or remove what is there.");
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prepares it beside its place, so that there is nothing or the whole, whenever this ends. */
    private void write(Tree tree, ProjectRecord record, Path folder) {
        try {
            var parent = folder.toAbsolutePath().getParent();
            Files.createDirectories(parent);
            var prepared = Files.createTempDirectory(parent, "." + name + "-");
            var interrupted = new Thread(() -> delete(prepared));
            Runtime.getRuntime().addShutdownHook(interrupted);
            try {
                // A temporary folder is its owner's alone; this one gets what a new folder has.
                var project = Files.createDirectory(prepared.resolve("project"));
                var git = new Git(project);
                git.run("init", "--quiet", "--initial-branch=" + BRANCH);
                git.commit(
                        "refs/heads/" + BRANCH,
                        tree,
                        committer(git),
                        "Generate " + name + " from " + record.release() + "\n\n"
                                + "Commit " + record.commit() + " of the reference, with "
                                + Component.list(record.answers().components()) + ".\n");
                git.run("reset", "--quiet", "--hard");
                Files.deleteIfExists(folder);
                Files.move(project, folder);
            } finally {
                delete(prepared);
                Runtime.getRuntime().removeShutdownHook(interrupted);
            }
        } catch (IOException e) {
            throw new CliException(folder + " cannot be written: " + e.getMessage() + ".");
        }
    }

    /** The user as git knows it, or the project where git knows none. */
    private String committer(Git git) {
        return git.tryRun("var", "GIT_COMMITTER_IDENT")
                .orElseGet(() -> name + " <" + name + "@localhost> " + System.currentTimeMillis() / 1000 + " +0000");
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report(Path folder, Tree tree, ProjectRecord record, long milliseconds) {
        var out = spec.commandLine().getOut();
        var answers = record.answers();
        if (json) {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("name", name);
            json.put("group", answers.group());
            json.put("package", answers.basePackage());
            json.put(
                    "components",
                    answers.components().stream().sorted().map(Component::id).toList());
            json.put("folder", folder.toString());
            json.put("release", record.release());
            json.put("commit", record.commit());
            json.put("tree", record.tree());
            json.put("written", !dryRun);
            json.put("milliseconds", milliseconds);
            json.put(
                    "files",
                    dryRun
                            ? tree.files().stream().map(SourceFile::path).toList()
                            : tree.files().size());
            out.println(Json.of(json));
        } else if (dryRun) {
            tree.files().forEach(file -> out.println(file.path()));
            out.println();
            out.println(tree.files().size() + " files would be written into " + folder + ".");
        } else {
            out.printf(
                    Locale.ROOT,
                    "%s is made: %d files of release %s (%s) in %s, in %d ms.%n%n",
                    answers.name().display(),
                    tree.files().size(),
                    record.release(),
                    record.commit().substring(0, 12),
                    folder,
                    milliseconds);
            out.println("  cd " + environment.folder().relativize(folder.toAbsolutePath()));
            out.println("  docker compose up -d     # or make serve, which needs a Docker engine or a JDK and Maven");
        }
        out.flush();
    }
}
