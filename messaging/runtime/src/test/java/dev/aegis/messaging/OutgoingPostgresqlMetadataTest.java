package dev.aegis.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An option that can't be stored is refused when it is set. */
class OutgoingPostgresqlMetadataTest {

    private final OutgoingPostgresqlMetadata.Builder builder = OutgoingPostgresqlMetadata.builder();

    @ParameterizedTest
    @ValueSource(strings = {"half \ud83d", "\ude00 alone", "\ude00\ud83d", "not \0 text"})
    void textThatCannotBeStoredIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.withHeader("name", text))
                .withMessageContaining("the header name can't be stored");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.withHeader(text, "value"))
                .withMessageContaining("the name of a header can't be stored");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.withUniqueKey(text))
                .withMessageContaining("a unique key can't be stored");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.withReplacingUniqueKey(text))
                .withMessageContaining("a unique key can't be stored");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.withOrderingKey(text))
                .withMessageContaining("an ordering key can't be stored");
        assertThat(builder.build().getHeaders()).isEmpty();
    }

    @Test
    void anyOtherTextIsTaken() {
        assertThat(builder.withHeader("\ud83d\ude00", "\u0001 ö \uffff").build().getHeaders())
                .containsEntry("\ud83d\ude00", "\u0001 ö \uffff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+10000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void aDueTimeBeyondTheYear9999IsRefused(Instant due) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.withDueAt(due))
                .withMessageContaining("9999-12-31T23:59:59Z at the latest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "-0044-03-15T12:00:00Z", "1969-12-31T23:59:59Z"})
    void aDueTimeLongPastIsTheBeginningOf1970(Instant due) {
        assertThat(builder.withDueAt(due).build().getDueAt()).isEqualTo(Instant.EPOCH);
    }
}
