package dev.aegis.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CliExceptionTest {

    @Test
    void aParagraphIsWrappedAtWords() {
        var refusal = new CliException("word ".repeat(50).strip());

        assertThat(refusal.wrapped().lines()).allMatch(line -> line.length() <= 100 && !line.isBlank());
        assertThat(refusal.wrapped().replace('\n', ' ')).isEqualTo(refusal.getMessage());
    }
}
