package dev.aegis.messaging.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The API is what src/api says, line by line: nothing that an application may name is removed or changed unnoticed. A new
 * method is an addition in an interface of the admin package, which the connector implements, and a break in one that
 * applications implement.
 */
class ApiCompatibilityTest {

    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path RECORDED = Path.of("src", "api", "aegis-messaging.txt");
    private static final List<String> PACKAGES = List.of("dev.aegis.messaging", "dev.aegis.messaging.admin");
    private static final Predicate<String> IMPLEMENTED = type -> !type.startsWith("dev.aegis.messaging.admin.");

    private static final String ACCEPT = "api.accept";
    private static final String COMMAND =
            "mvn test -pl messaging/runtime -am -Dtest=ApiCompatibilityTest -Dsurefire.failIfNoSpecifiedTests=false -D"
                    + ACCEPT;

    @Test
    void theApiIsAsRecorded() throws IOException {
        var now = Signatures.of(CLASSES, PACKAGES);
        var changes = ApiChanges.between(Files.readAllLines(RECORDED), now, IMPLEMENTED);

        if (changes.areCoveredBy(System.getProperty(ACCEPT, ""))) {
            Files.write(RECORDED, now);
        } else if (!changes.breaks().isEmpty()) {
            fail("applications that use the API would break:%s%naccept that, for a new major version, by %s=breaks"
                    .formatted(changes, COMMAND));
        } else if (!changes.isNone()) {
            fail("the API has grown, compatibly:%s%nrecord that by %s=additions".formatted(changes, COMMAND));
        }
    }

    @Test
    void whatIsRemovedOrChangedIsABreakAndWhatIsNewAnAddition() {
        var before = Signatures.of(Before.class).sorted().toList();
        var now = Signatures.of(Now.class)
                .map(line -> line.replace("$Now", "$Before"))
                .sorted()
                .toList();

        assertThat(ApiChanges.between(before, before, IMPLEMENTED).isNone()).isTrue();
        var changes = ApiChanges.between(before, now, IMPLEMENTED);
        assertThat(changes.breaks().stream().map(ApiCompatibilityTest::member))
                .containsExactlyInAnyOrder(
                        ": public static final int LIMIT = 1",
                        ": public void changed(java.util.List<java.lang.String>)",
                        ": public void removed()",
                        " = public abstract static class implements java.io.Serializable");
        assertThat(changes.additions().stream().map(ApiCompatibilityTest::member))
                .containsExactlyInAnyOrder(
                        ": protected void added() throws java.io.IOException",
                        ": public static final int LIMIT = 2",
                        ": public void changed(java.util.List<java.lang.Integer>)",
                        " = public abstract static class");
    }

    @Test
    void aBreakIsNotAcceptedAsAnAddition() {
        var changes = new ApiChanges(List.of("gone"), List.of("new"));

        assertThat(changes.areCoveredBy("additions")).isFalse();
        assertThat(changes.areCoveredBy("")).isFalse();
        assertThat(changes.areCoveredBy("breaks")).isTrue();
        assertThat(new ApiChanges(List.of(), List.of("new")).areCoveredBy("additions"))
                .isTrue();
    }

    @Test
    void aNewAbstractMethodIsABreakWhereApplicationsImplementTheType() {
        var before = List.of("Handler = public abstract interface");
        var added = "Handler: public abstract void handle()";
        var now = List.of(before.get(0), added);

        assertThat(ApiChanges.between(before, now, type -> true).breaks())
                .containsExactly(added + " (new, to be implemented)");
        assertThat(ApiChanges.between(before, now, type -> false).additions()).containsExactly(added);
        assertThat(ApiChanges.between(List.of(), now, type -> true).additions()).isEqualTo(now);
    }

    private static String member(String line) {
        return line.substring(Before.class.getName().length());
    }

    /** An API. */
    public abstract static class Before implements Serializable {
        public static final int LIMIT = 1;

        public void removed() {}

        public void changed(List<String> values) {}

        public <T extends Comparable<T>> T kept(T value, String... more) {
            return value;
        }

        void hidden() {}
    }

    /** The same API later. */
    public abstract static class Now {
        public static final int LIMIT = 2;

        public void changed(List<Integer> values) {}

        public <T extends Comparable<T>> T kept(T value, String... more) {
            return value;
        }

        protected void added() throws IOException {}
    }
}
