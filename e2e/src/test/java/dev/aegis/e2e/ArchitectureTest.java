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
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between the modules, and the rules of the house inside them. */
class ArchitectureTest {
    private static final String ENTITY = "jakarta.persistence.Entity";
    private static final String PATH = "jakarta.ws.rs.Path";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(Stream.of(
                            "messaging",
                            "platform/service",
                            "platform/rest",
                            "platform/schedule",
                            "shared-model",
                            "api",
                            "scheduler",
                            "worker",
                            "local")
                    .map(module -> Path.of("..", module, "target", "classes"))
                    .toList());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "messaging",
                "platform.service",
                "platform.problem",
                "platform.schedule",
                "model",
                "api",
                "scheduler",
                "worker",
                "local"
            })
    void everyModuleWasRead(String module) {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName))
                .anyMatch(name -> name.startsWith("dev.aegis." + module));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "scheduler", "worker"})
    void noServiceKnowsAnother(String service) {
        classes()
                .that()
                .resideInAPackage("dev.aegis." + service + "..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfOursBut(service, "model", "platform", "messaging"))
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({"messaging, messaging", "platform, messaging", "model, platform"})
    void whatServicesShareKnowsNoServiceAndThePlatformNoDomain(String module, String known) {
        classes()
                .that()
                .resideInAPackage("dev.aegis." + module + "..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfOursBut(module, known))
                .check(CLASSES);
    }

    @Test
    void theLauncherKnowsNothingOfOursButHowADatabaseIsNamed() {
        classes()
                .that()
                .resideInAPackage("dev.aegis.local..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfOursBut("local", "platform.database"))
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"messaging", "platform", "model", "api", "scheduler", "worker"})
    void featuresFormNoCycles(String module) {
        slices().matching("dev.aegis." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
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
                .resideInAPackage("dev.aegis.api..")
                .and()
                .areRecords()
                .should(holdEntities())
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> resideOutsideOfOursBut(String... modules) {
        return DescribedPredicate.describe(
                "are not ours, but for " + String.join(", ", modules),
                type -> !type.getPackageName().startsWith("dev.aegis")
                        || Stream.of(modules).anyMatch(module -> (type.getPackageName() + ".")
                                .startsWith("dev.aegis." + module + ".")));
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
