package dev.aegis.platform.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.platform.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @Test
    void theKeyIsOptional() {
        assertThat(IdempotencyKey.of(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "monday-round      | monday-round",
                "\"monday-round\"  | monday-round",
                "\"two words\"     | two words",
                "\"a, b; c\"       | a, b; c",
                "\"a\\\"b\\\\c\"   | a\"b\\c",
                "8e03978e-40d5-43dd-bc93-6894a57f9324 | 8e03978e-40d5-43dd-bc93-6894a57f9324",
                "{a}:b/c=          | {a}:b/c=",
            })
    void aKeyMayBeQuoted(String header, String key) {
        assertThat(IdempotencyKey.of(List.of(header))).contains(new IdempotencyKey(key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"\"",
                "two words",
                "a,b",
                "\"a\", \"b\"",
                "\"a\";b=1",
                "\"a",
                "a\"",
                "\"a\\b\"",
                "ä",
                "\"ä\"",
                "a\tb"
            })
    void aMalformedKeyIsRejected(String header) {
        assertThatThrownBy(() -> IdempotencyKey.of(List.of(header)))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("Idempotency-Key must have 1 to 255 printable ASCII characters");
    }

    @Test
    void aKeyHasAtMost255Characters() {
        assertThat(IdempotencyKey.of(List.of("k".repeat(255)))).isPresent();
        assertThat(IdempotencyKey.of(List.of('"' + "\\\"".repeat(255) + '"'))).isPresent();
        assertThatThrownBy(() -> IdempotencyKey.of(List.of("k".repeat(256)))).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "\\\"", "\\"})
    void aKeyThatIsFarTooLongIsRejected(String part) {
        assertThatThrownBy(() -> IdempotencyKey.of(List.of('"' + part.repeat(10_000) + '"')))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("Idempotency-Key must have 1 to 255 printable ASCII characters");
    }

    @Test
    void twoKeysAreRejected() {
        assertThatThrownBy(() -> IdempotencyKey.of(List.of("a", "a")))
                .isInstanceOf(ProblemException.class)
                .hasMessage("Idempotency-Key must be sent once");
    }
}
