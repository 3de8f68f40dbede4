package dev.aegis.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void aParagraphIsWrappedAtWords() {
        var refusal = new Refusal("word ".repeat(50).strip());

        assertThat(refusal.wrapped().lines()).allMatch(line -> line.length() <= 100 && !line.isBlank());
        assertThat(refusal.wrapped().replace('\n', ' ')).isEqualTo(refusal.getMessage());
    }
}
