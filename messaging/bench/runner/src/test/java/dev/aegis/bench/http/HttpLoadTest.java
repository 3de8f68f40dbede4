package dev.aegis.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.bench.competitor.CompetitorFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpLoadTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void allAnswersAreCountedOnAllConnections() {
        try (var server = NoOpServer.start()) {
            var result = new HttpLoad("no-op", server.port(), 16, ShieldExchanges.anything()).run(SHORT);
            assertThat(result.rate()).isPositive();
            assertThat(result.answered()).isGreaterThanOrEqualTo(16);
        }
    }

    @Test
    void aWrongAnswerFailsTheService() {
        try (var server = NoOpServer.start()) {
            assertThatThrownBy(() -> new HttpLoad("no-op", server.port(), 2, ShieldExchanges.reading(10)).run(SHORT))
                    .isInstanceOf(CompetitorFailure.class)
                    .hasMessageContaining("no-op: the answer lacks \"id\":");
            assertThatThrownBy(() -> new HttpLoad("no-op", server.port(), 2, ShieldExchanges.adding()).run(SHORT))
                    .isInstanceOf(CompetitorFailure.class)
                    .hasMessageContaining("no-op: the status is not 201");
        }
    }
}
