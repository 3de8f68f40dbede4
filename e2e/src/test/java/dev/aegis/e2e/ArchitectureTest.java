package dev.aegis.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the modules, and the rules of the house inside them. */
class ArchitectureTest {
    private static final String ENTITY = "jakarta.persistence.Entity";
    private static final String PATH = "jakarta.ws.rs.Path";

    /** What the packages of the services, of what they share and of the launcher are below. */
    private static final String OURS = ArchitectureTest.class.getPackageName().replaceFirst("e2e$", "");

    private static final String PLATFORM = "dev.aegis.platform";
    private static final String MESSAGING = "dev.aegis.messaging";

    /** What the packages of the platform and of the connector are below. */
    private static final String FRAME = MESSAGING.replaceFirst("messaging$", "");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(
                    modules().map(module -> module.resolve("target/classes")).toList());

    /** The modules with code that runs in the system: not tests, nor programs that are used in this folder alone. */
    private static Stream<Path> modules() {
        try (var poms = Files.find(Commands.PROJECT, 3, (path, attributes) -> path.endsWith("pom.xml"))) {
            return poms
                    .map(Path::getParent)
                    .filter(module -> Files.exists(module.resolve("src/main/java")))
                    .filter(module -> runsInTheSystem(module) && !module.endsWith("platform/testing"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean runsInTheSystem(Path module) {
        try {
            return !Files.readString(module.resolve("pom.xml")).contains("<maven.install.skip>true<");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> services() {
        return Commands.services().stream().map(service -> OURS + service);
    }

    /** The packages of modules that have packages for features. */
    static Stream<String> packages() {
        return CLASSES.stream()
                .map(JavaClass::getPackageName)
                .flatMap(name -> Stream.of(OURS, FRAME)
                        .filter(name::startsWith)
                        .map(above -> above + name.substring(above.length()).split("\\.", 2)[0])
                        .filter(module -> name.length() > module.length()))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleWasRead(Path module) throws IOException {
        try (var files = Files.walk(module.resolve("src/main/java"))) {
            var source = files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .findFirst()
                    .orElseThrow();
            var type = module.resolve("src/main/java").relativize(source).toString();
            assertThat(CLASSES.contain(type.replace(".java", "").replace('/', '.')))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void noServiceKnowsAnother(String service) {
        classes()
                .that()
                .resideInAPackage(service + "..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfOursBut(service, OURS + "model", PLATFORM, MESSAGING))
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("shared")
    void whatServicesShareKnowsNoServiceAndThePlatformNoDomain(String module, String known) {
        classes()
                .that()
                .resideInAPackage(module + "..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfOursBut(module, known))
                .check(CLASSES);
    }

    static Stream<Arguments> shared() {
        return Stream.of(
                Arguments.of(MESSAGING, MESSAGING),
                Arguments.of(PLATFORM, MESSAGING),
                Arguments.of(OURS + "model", PLATFORM));
    }

    @Test
    void theSystemUsesTheConnectorAsAStrangerWould() {
        noClasses()
                .that()
                .resideOutsideOfPackage(MESSAGING + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(MESSAGING + ".internal..")
                .check(CLASSES);
    }

    @Test
    void theLauncherKnowsNothingOfOursButHowADatabaseIsNamed() {
        classes()
                .that()
                .resideInAPackage(OURS + "local..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfOursBut(OURS + "local", PLATFORM + ".database"))
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void featuresFormNoCycles(String module) {
        slices().matching(module + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void dependenciesComeThroughTheConstructor() {
        noFields()
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
                .orShould()
                .beAnnotatedWith("org.eclipse.microprofile.reactive.messaging.Channel")
                .check(CLASSES);
    }

    @Test
    void entitiesStayOffTheWire() {
        classes()
                .that()
                .areAnnotatedWith(PATH)
                .should(haveNoEntityInTheirMethods())
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(OURS + "api..")
                .and()
                .areRecords()
                .should(holdEntities())
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> resideOutsideOfOursBut(String... modules) {
        return DescribedPredicate.describe(
                "are not ours, but for " + String.join(", ", modules),
                type -> Stream.of(OURS, FRAME).noneMatch(type.getPackageName()::startsWith)
                        || Stream.of(modules)
                                .anyMatch(module -> (type.getPackageName() + ".").startsWith(module + ".")));
    }

    private static ArchCondition<JavaClass> haveNoEntityInTheirMethods() {
        return new ArchCondition<>("have no entity in the signature of a method") {
            @Override
            public void check(JavaClass resource, ConditionEvents events) {
                for (var method : resource.getMethods()) {
                    if (method.getModifiers().contains(JavaModifier.PRIVATE)) {
                        continue;
                    }
                    Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
                            .filter(ArchitectureTest::involvesEntity)
                            .forEach(type -> events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " has the entity " + type.getName())));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> holdEntities() {
        return new ArchCondition<>("hold entities") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (var field : type.getFields()) {
                    if (involvesEntity(field.getType())) {
                        events.add(SimpleConditionEvent.satisfied(field, field.getFullName() + " holds an entity"));
                    }
                }
            }
        };
    }

    private static boolean involvesEntity(JavaType type) {
        return type.getAllInvolvedRawTypes().stream().anyMatch(raw -> raw.isAnnotatedWith(ENTITY));
    }
}
