package dev.aegis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.cli.generator.Component;
import dev.aegis.cli.git.Git;
import dev.aegis.cli.git.Tree;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands as they are typed. */
class CommandsTest {
    private static final String LARGEST = Component.list(List.of(Component.values()));

    @TempDir
    Path folder;

    private record Result(int code, String out, String errors) {}

    @Test
    void aProjectIsARepositoryWhoseFirstCommitIsWhatWasGenerated() {
        var result = run("init", "my-project", "--from", Reference.commit(), "--group", "com.acme");

        assertThat(result.errors).isEmpty();
        assertThat(result.code).isZero();
        var project = folder.resolve("my-project");
        var git = new Git(project);
        assertThat(git.run("rev-list", "--count", "HEAD")).isEqualTo("1");
        assertThat(git.run("symbolic-ref", "--short", "HEAD")).isEqualTo("main");
        assertThat(git.run("status", "--porcelain")).isEmpty();
        assertThat(project.resolve(".make/run")).isExecutable();

        var record = ProjectRecord.read(project.resolve(ProjectRecord.FILE));
        assertThat(record.answers().basePackage()).isEqualTo("com.acme.myproject");
        var tree = Tree.of(git.files("HEAD"));
        assertThat(tree.id()).isEqualTo(git.run("rev-parse", "HEAD^{tree}"));
        assertThat(tree.without(ProjectRecord.FILE).id()).isEqualTo(record.tree());
    }

    @Test
    void theSameAnswersGiveTheSameProject() {
        var commit = Reference.commit();
        run("init", "my-project", "--from", commit, "--into", "one");
        run("init", "my-project", "--from", commit, "--into", "two", "--components", LARGEST);

        assertThat(new Git(folder.resolve("one")).run("rev-parse", "HEAD^{tree}"))
                .isEqualTo(new Git(folder.resolve("two")).run("rev-parse", "HEAD^{tree}"));
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        var result = run("init", "my-project", "--from", Reference.commit(), "--dry-run");

        assertThat(result.out).contains("Makefile\n").contains(" files would be written into ");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void scriptsReadTheResultAsJson() {
        var result = run("init", "my-project", "--from", Reference.commit(), "--dry-run", "--json");

        assertThat(result.out)
                .startsWith(
                        "{\"name\": \"my-project\", \"group\": \"com.example\", \"package\": \"com.example.myproject\"")
                .contains("\"written\": false")
                .contains("\"Makefile\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "init My_Project| such as my-project",
                "init 1st| a letter first, such as st",
                "init order| has a meaning in PostgreSQL",
                "init aegis| is that of the reference",
                "init new --group com.acme| new is a keyword of Java",
                "init my-project --group dev.aegis| is that of the frame",
                "init my-project --group Com.Acme| lower-case words",
                "init my-project --components worker,schedular| perhaps scheduler is meant",
                "init my-project --components database[sqlite]| embedded PostgreSQL",
                "init my-project --components database| the database is database[postgresql]",
                "init my-project --from no-such-tag| There is no commit no-such-tag",
                "diff| There is no aegis.properties",
            })
    void aWrongAnswerIsAnsweredWithWhatToWriteInstead(String command, String answer) throws IOException {
        var result = run(command.split(" ", -1));

        assertThat(result.code).isEqualTo(1);
        assertThat(result.errors.replaceAll("\\s+", " ")).contains(answer.strip());
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aWrongWordIsAnsweredWithTheNearestOne() {
        assertThat(run("inti").errors).contains("aegis init");
        assertThat(run("init", "my-project", "--dryrun").errors).contains("--dry-run");
    }

    @Test
    void aFolderThatIsNotEmptyIsLeftAsItIs() throws IOException {
        Files.createDirectory(folder.resolve("my-project"));
        Files.writeString(folder.resolve("my-project/notes.txt"), "mine");

        var result = run("init", "my-project", "--from", Reference.commit());

        assertThat(result.code).isEqualTo(1);
        assertThat(result.errors.replaceAll("\\s+", " "))
                .contains("is not empty")
                .contains("--into");
        try (var files = Files.list(folder.resolve("my-project"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void setsThatCannotBeMadeYetAreRefused() {
        var all = Component.sets();
        for (var component : Component.values()) {
            var others = List.of(Component.values()).stream()
                    .filter(other -> other.always() || other != component)
                    .toList();
            if (all.stream().noneMatch(set -> set.containsAll(others) && others.containsAll(set))) {
                var result = run("init", "my-project", "--components", Component.list(others), "--dry-run");
                assertThat(result.errors.replaceAll("\\s+", " ")).contains("cannot be generated yet");
            }
        }
    }

    @Test
    void whatThereIsAndWhatAProjectHasAreListed() throws IOException {
        assertThat(run("list").out)
                .contains("database[postgresql]")
                .contains("scheduler")
                .doesNotContain("*");
        assertThat(run("list", "--json").out).startsWith("{\"components\": [{\"id\": \"database[postgresql]\"");

        run("init", "my-project", "--from", Reference.commit());

        var project = folder.resolve("my-project");
        Files.createDirectories(project.resolve("api/src"));
        assertThat(run(project.resolve("api/src"), "list").out)
                .contains("my-project, of release")
                .contains("* worker");
        assertThat(run(project, "list", "--json").out).contains("\"in_project\": true");
    }

    @Test
    void whatTheTeamHasChangedIsShown() throws IOException {
        run("init", "my-project", "--from", Reference.commit());
        var project = folder.resolve("my-project");
        assertThat(run(project, "diff").out).isEmpty();

        Files.writeString(project.resolve("Makefile"), "mine:\n");
        assertThat(run(project.resolve("api"), "diff", "--stat").out)
                .contains("Makefile")
                .contains("1 file changed");

        var git = new Git(project);
        git.run("-c", "user.name=a", "-c", "user.email=a@localhost", "commit", "--quiet", "--all", "--message=Mine");
        assertThat(run(project, "diff").out).contains("+mine:");
        assertThat(run(project, "diff", "api").out).isEmpty();
    }

    @Test
    void whatWasGeneratedIsMadeAgainWhereNoCommitHoldsIt() throws IOException {
        run("init", "my-project", "--from", Reference.commit());
        var project = folder.resolve("my-project");
        var git = new Git(project);
        // As in a team's own repository, which holds the project with a change in one commit.
        Files.writeString(project.resolve("Makefile"), "mine:\n");
        git.run("checkout", "--quiet", "--orphan", "other");
        git.run("-c", "user.name=a", "-c", "user.email=a@localhost", "commit", "--quiet", "--all", "--message=Mine");

        assertThat(run(project, "diff", "--stat").out).contains("Makefile").contains("1 file changed");
    }

    private Result run(String... arguments) {
        return run(folder, arguments);
    }

    private static Result run(Path folder, String... arguments) {
        var out = new StringWriter();
        var errors = new StringWriter();
        var code = Main.commandLine(new Environment(Reference.FOLDER, folder))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
        return new Result(code, out.toString(), errors.toString());
    }
}
