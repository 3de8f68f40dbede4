package dev.aegis.messaging;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What an application may name knows nothing of how it is done, and no two packages need each other. */
class PackagesTest {

    private static final String API = "dev.aegis.messaging";
    private static final String ADMIN = "dev.aegis.messaging.admin";
    private static final String INTERNAL = "dev.aegis.messaging.internal..";

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void allThatIsNoApiIsInternal() {
        classes().should().resideInAnyPackage(API, ADMIN, INTERNAL).check(CLASSES);
    }

    @Test
    void theApiDependsOnNothingInternal() {
        noClasses()
                .that()
                .resideInAnyPackage(API, ADMIN)
                .should()
                .dependOnClassesThat(resideInAPackage(INTERNAL))
                .check(CLASSES);
    }

    @Test
    void noPackagesDependOnEachOtherInACycle() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
