package dev.aegis.platform.precondition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.platform.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
    private static final EntityTag A = new EntityTag(false, "a");

    @Test
    void aListHasStrongAndWeakTagsWhichMayContainCommas() {
        assertThat(EntityTag.list("If-Match", "\"a\", W/\"b\" ,,\t\"c,d\",\"\""))
                .isEqualTo(List.of(A, new EntityTag(true, "b"), new EntityTag(false, "c,d"), new EntityTag(false, "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "a",
                "\"a",
                "a\"",
                "\"a\" \"b\"",
                "w/\"a\"",
                "W/a",
                "\"a b\"",
                "*, \"a\"",
                "'a'",
                "W/",
                "W",
                "W/ \"a\"",
                "\"a\"x",
                "\"a\" x,"
            })
    void aMalformedListIsRejected(String text) {
        assertThatThrownBy(() -> EntityTag.list("If-Match", text))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("If-Match must be");
    }

    @Test
    void theProblemSaysThatATagHasNoSpaces() {
        assertThatThrownBy(() -> EntityTag.list("If-Match", "\"a b\"")).hasMessageContaining("without spaces in a tag");
    }

    @Test
    void theExampleRequestsHaveAValidTag() throws IOException {
        var requests = Files.readString(Path.of("../../docs/requests.http"));
        var tag = Pattern.compile("(?m)^@etag = (.*)$|^If-Match: (\".*)$").matcher(requests);

        assertThat(tag.find()).isTrue();
        assertThat(EntityTag.list("If-Match", Objects.requireNonNullElse(tag.group(1), tag.group(2))))
                .hasSize(1);
    }

    @Test
    void aWeakTagMatchesOnlyWeakly() {
        var weak = new EntityTag(true, "a");

        assertThat(A.matchesStrongly(A)).isTrue();
        assertThat(A.matchesStrongly(weak)).isFalse();
        assertThat(weak.matchesStrongly(weak)).isFalse();
        assertThat(A.matchesWeakly(weak)).isTrue();
        assertThat(A.matchesWeakly(new EntityTag(false, "b"))).isFalse();
    }
}
