package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.admin.DeadLetter;
import dev.aegis.messaging.admin.QueueDepth;
import dev.aegis.messaging.admin.QueueStatus;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What messaging/docs/reference.md names is what there is. */
@QuarkusTest
class ReferenceTest extends MessagingTest {

    private static final Path PAGE = Path.of("..", "docs", "reference.md");

    private String page = "";

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(PAGE);
    }

    @Test
    void eachFunctionForOperatorsIsNamedAndEachNamedOneExists() {
        var functions = query("SELECT DISTINCT 'messaging.' || proname FROM pg_proc"
                + " WHERE pronamespace = 'messaging'::regnamespace ORDER BY 1");

        assertThat(functions).isNotEmpty();
        assertThat(found("(messaging\\.[a-z_]+)\\(")).containsExactlyInAnyOrderElementsOf(functions);
    }

    @Test
    void eachColumnOfTheOverviewIsNamed() {
        var columns = query("SELECT attname FROM pg_attribute"
                + " WHERE attrelid = 'messaging.queue_overview'::regclass AND attnum > 0 ORDER BY attnum");
        var told = section("`messaging.queue_overview` has these columns:", "\n\n");

        assertThat(columns).isNotEmpty().allSatisfy(column -> assertThat(told).contains("`" + column + "`"));
    }

    @Test
    void eachMetricIsNamedAndEachNamedOneExists() {
        eventually()
                .until(() ->
                        !Metrics.globalRegistry.find("messaging.depth").gauges().isEmpty());
        var registered = Metrics.globalRegistry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> name.startsWith("messaging."))
                .collect(Collectors.toSet());

        assertThat(found("\n\\| `(messaging\\.[a-z.]+)` \\| (?:counter|timer|gauge)"))
                .containsExactlyInAnyOrderElementsOf(registered);
    }

    @ParameterizedTest
    @ValueSource(classes = {QueueStatus.class, QueueDepth.class, DeadLetter.class})
    void eachComponentOfARecordIsNamed(Class<?> type) {
        var told = section("| `" + type.getSimpleName() + "` |", "\n");

        assertThat(names(type)).allSatisfy(name -> assertThat(told).contains("`" + name + "`"));
    }

    private static List<String> names(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private Set<String> found(String pattern) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toSet());
    }

    private String section(String begin, String end) {
        var from = page.indexOf(begin);
        assertThat(from).as(begin).isNotNegative();
        return page.substring(from, page.indexOf(end, from));
    }
}
