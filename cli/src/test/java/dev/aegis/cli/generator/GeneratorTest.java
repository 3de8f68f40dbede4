package dev.aegis.cli.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.cli.Reference;
import dev.aegis.cli.git.SourceFile;
import dev.aegis.cli.git.Tree;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;
import org.yaml.snakeyaml.Yaml;

/** Each set of components with names of each kind, in one JVM. */
class GeneratorTest {
    private static final String LONG = "a-project-whose-name-has-forty-letters-x";
    private static final Template TEMPLATE = Reference.template();
    private static final Map<Answers, Tree> GENERATED = new HashMap<>();

    /** Where the frame's own words are, and no others: what a project says with "aegis" in it. */
    private static final Pattern FRAME_NAMES = Pattern.compile("dev[./]aegis[./](messaging|platform|testing|startup)"
            + "|aegis-(postgresql|messaging|testing|platform)|MP_MESSAGING_CONNECTOR_AEGIS_POSTGRESQL_"
            + "|(aegis[._]|AEGIS_)(?i:schedule|retention|idempotency|api|database|relay)[._]|AEGIS_LOG_JSON"
            + "|<groupId>dev\\.aegis</groupId>");

    static List<Answers> all() {
        return Component.sets().stream()
                .flatMap(set -> Stream.of("a", "my-project", LONG).map(name -> answers(name, set)))
                .toList();
    }

    private static Answers answers(String name, Set<Component> components) {
        var project = new ProjectName(name);
        return new Answers(project, "com.acme", Answers.packageOf("com.acme", project), components);
    }

    private static Tree generated(Answers answers) {
        return GENERATED.computeIfAbsent(answers, some -> Generator.generate(TEMPLATE, some));
    }

    @Test
    void theLongestNameIsOneOfThem() {
        assertThat(LONG).hasSize(40);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSameAnswersGiveTheSameTree(Answers answers) {
        assertThat(Generator.generate(TEMPLATE, answers).id())
                .isEqualTo(generated(answers).id());
    }

    @ParameterizedTest
    @MethodSource("all")
    void outsideOfTheFrameNothingNamesTheReference(Answers answers) {
        var lines = new ArrayList<String>();
        for (var file : own(generated(answers))) {
            var text = file.binary() ? "" : file.text();
            (file.path() + "\n" + text)
                    .lines()
                    .filter(line -> FRAME_NAMES
                            .matcher(line)
                            .replaceAll("")
                            .toLowerCase(Locale.ROOT)
                            .contains("aegis"))
                    .forEach(line -> lines.add(file.path() + ": " + line.strip()));
        }
        assertThat(lines).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void theFrameIsTheSameInEachProject(Answers answers) {
        var frame = generated(answers).files().stream()
                .filter(file -> Layout.isFrame(file.path()))
                .toList();

        assertThat(frame).hasSizeGreaterThan(100);
        for (var file : frame) {
            var before = Objects.requireNonNull(TEMPLATE.tree().file(file.path()), file.path());
            if (file.name().equals("pom.xml")) {
                assertThat(withoutParent(file.text()))
                        .isEqualTo(withoutParent(
                                Objects.requireNonNull(generated(all().get(0)).file(file.path()))
                                        .text()))
                        .doesNotContain("<scope>test</scope>");
                assertThat(before.text().lines().toList())
                        .containsAll(withoutParent(file.text()).lines().toList());
            } else if (file.name().endsWith(".md")) {
                assertThat(file.text())
                        .isEqualTo(
                                Objects.requireNonNull(generated(all().get(0)).file(file.path()))
                                        .text());
            } else {
                assertThat(file.content()).as(file.path()).isEqualTo(before.content());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void pomsAreWellFormedAndNameEachModuleThatIsThere(Answers answers) throws Exception {
        var tree = generated(answers);
        var folders = new TreeSet<String>();
        for (var file : tree.files()) {
            if (file.name().equals("pom.xml")) {
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(file.text())));
                folders.add(file.folder());
            }
        }
        folders.remove("");
        var root = text(tree, "pom.xml");
        assertThat(Xml.parse(root).all().filter(element -> element.is("module")).map(Xml::text))
                .containsExactlyInAnyOrderElementsOf(folders);
        assertThat(root)
                .contains("<groupId>com.acme</groupId>\n  <artifactId>"
                        + answers.name().kebab() + "</artifactId>")
                .doesNotContain("bench", "jobrunr", "picocli");
        assertThat(text(tree, "api/pom.xml"))
                .contains("<groupId>com.acme</groupId>\n      <artifactId>"
                        + answers.name().kebab() + "-shared-model<")
                .contains("<groupId>dev.aegis</groupId>\n      <artifactId>aegis-messaging<");
    }

    @ParameterizedTest
    @MethodSource("all")
    void yamlIsWellFormedAndComposeIsNamedLikeTheProject(Answers answers) {
        var tree = generated(answers);
        for (var file : tree.files()) {
            if (file.path().endsWith(".yml") || file.path().endsWith(".yaml")) {
                assertThat((Object) new Yaml().load(file.text()))
                        .as(file.path())
                        .isNotNull();
            }
        }
        Map<String, Object> compose = new Yaml().load(text(tree, "docker-compose.yml"));
        assertThat(compose).containsEntry("name", answers.name().kebab());
        assertThat(text(tree, "docker-compose.yml"))
                .contains("POSTGRES_DB: " + answers.name().snake() + "_db");
    }

    @ParameterizedTest
    @MethodSource("all")
    void theFormatterChangesNothing(Answers answers) {
        var bodies = TEMPLATE.tree().files().stream()
                .filter(file -> file.path().endsWith(".java"))
                .map(file -> JavaSource.body(file.text()))
                .collect(Collectors.toSet());
        var sources = own(generated(answers)).stream()
                .filter(file -> file.path().endsWith(".java"))
                .toList();
        assertThat(sources).allSatisfy(file -> assertThat(JavaSource.withSortedImports(file.text()))
                .isEqualTo(file.text()));
        // The others are as in the reference, but for imports: formatted by its build.
        var otherwise = sources.stream()
                .filter(file -> !bodies.contains(JavaSource.body(file.text())))
                .toList();
        assertThat(otherwise).hasSizeGreaterThan(20).allSatisfy(file -> assertThat(JavaSource.format(file.text()))
                .isEqualTo(file.text()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachScriptIsOne(Answers answers) throws IOException, InterruptedException {
        for (var file : own(generated(answers))) {
            if (file.mode().equals("100755") || file.path().equals(".make/common")) {
                var process = new ProcessBuilder("bash", "-n")
                        .redirectErrorStream(true)
                        .start();
                try (var stdin = process.getOutputStream()) {
                    stdin.write(file.content());
                }
                var said = new String(process.getInputStream().readAllBytes(), UTF_8);
                assertThat(process.waitFor()).as(file.path() + ": " + said).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void noPageLinksToWhatIsNotThere(Answers answers) {
        var tree = generated(answers);
        var links = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
        for (var file : tree.files()) {
            if (file.path().endsWith(".md")) {
                var missing = links.matcher(file.text())
                        .results()
                        .map(link -> Path.of(file.folder(), link.group(1))
                                .normalize()
                                .toString())
                        .filter(target -> !tree.exists(target))
                        .toList();
                assertThat(missing).as(file.path()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachCommandOfMakeThatIsNamedIsThere(Answers answers) {
        var tree = generated(answers);
        var targets = Pattern.compile("(?m)^([a-z][a-z0-9-]*):")
                .matcher(text(tree, "Makefile"))
                .results()
                .map(target -> target.group(1))
                .collect(Collectors.toSet());
        var named = own(tree).stream()
                .filter(file -> !file.path().endsWith(".java") && !file.binary())
                .flatMap(file -> Pattern.compile("(?:`|\\$ |run: )make ([a-z][a-z0-9-]*)")
                        .matcher(file.text())
                        .results()
                        .map(found -> found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(targets).containsAll(named);
    }

    @Test
    void whatIsAboutTheReferenceAloneStaysThere() {
        var paths =
                generated(all().get(0)).files().stream().map(SourceFile::path).toList();

        assertThat(paths)
                .noneMatch(path -> Stream.of("cli/", ".ci/", "docs/decisions/", "messaging/bench/", "messaging/soak/")
                        .anyMatch(path::startsWith))
                .doesNotContain("aegis", "LICENSE", "docs/performance.md")
                .contains(
                        "Makefile",
                        "docker-compose.yml",
                        "platform/service/pom.xml",
                        "messaging/runtime/pom.xml",
                        "messaging/docs/guide.md");
    }

    @Test
    void namesTakeTheFormOfTheirPlace() {
        var renamer = new Renamer(
                all().get(1),
                FrameNames.in(
                        List.of(
                                SourceFile.of(
                                        "platform/A.java",
                                        "package dev.aegis.platform; prefix = \"aegis.schedule.x\"; ${AEGIS_LOG_JSON} \"aegis-postgresql\"")),
                        List.of()),
                Set.of("postgres-data"));
        var texts = Arrays.asList(
                "dev.aegis.api.Shield", "com.acme.myproject.api.Shield",
                "dev.aegis.platform.Page", "dev.aegis.platform.Page",
                "src/dev/aegis/local/x", "src/com/acme/myproject/local/x",
                "postgresql://aegis:aegis@postgres/aegis_db",
                        "postgresql://my_project:my_project@postgres/my_project_db",
                "aegis-worker@host", "my-project-worker@host",
                "aegis_postgres-data", "my-project_postgres-data",
                "aegis.inspection.interval", "my-project.inspection.interval",
                "AEGIS_INSPECTION_INTERVAL", "MY_PROJECT_INSPECTION_INTERVAL",
                "aegis.schedule.cron AEGIS_SCHEDULE_CRON aegis_schedule_runs",
                        "aegis.schedule.cron AEGIS_SCHEDULE_CRON aegis_schedule_runs",
                "AEGIS_LOG_JSON aegis-postgresql", "AEGIS_LOG_JSON aegis-postgresql",
                "MP_MESSAGING_CONNECTOR_AEGIS_POSTGRESQL_LISTEN", "MP_MESSAGING_CONNECTOR_AEGIS_POSTGRESQL_LISTEN",
                "in .aegis/aegis.log", "in .my-project/my-project.log",
                "process.aegis", "process.my_project",
                "Aegis is ready. Aegis-Service: api", "My Project is ready. My-Project-Service: api");
        for (var i = 0; i < texts.size(); i += 2) {
            assertThat(renamer.text(texts.get(i))).isEqualTo(texts.get(i + 1));
        }
    }

    private static List<SourceFile> own(Tree tree) {
        return tree.files().stream()
                .filter(file -> !Layout.isFrame(file.path()))
                .toList();
    }

    private static String text(Tree tree, String path) {
        return Objects.requireNonNull(tree.file(path), path).text();
    }

    private static String withoutParent(String pom) {
        return pom.replaceFirst("(?s) *<parent>.*?</parent>", "");
    }
}
