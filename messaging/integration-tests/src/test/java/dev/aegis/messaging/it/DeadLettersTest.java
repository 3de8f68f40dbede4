package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aegis.messaging.admin.DeadLetter;
import dev.aegis.messaging.admin.DeadLetters;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dead letters are listed, sent again, and dropped. */
@QuarkusTest
class DeadLettersTest extends MessagingTest {

    @Inject
    DeadLetters letters;

    @BeforeEach
    void emptyWhatKeysLeft() throws SQLException {
        for (var table : List.of("blocked_message", "ordering_group", "unique_reservation")) {
            execute("DELETE FROM messaging." + table);
        }
    }

    /** As many dead letters as hours, the first one died an hour ago, the second two hours ago, and so on. */
    private void bury(String queue, int hours, String orderingKey) throws SQLException {
        execute("INSERT INTO messaging.dead_letter (id, sent_at, died_at, priority, attempts, queue, ordering_key,"
                + " content_type, headers, payload, error, stack_trace)"
                + " SELECT nextval('messaging.message_id_seq'), now() - hour * interval '2 hours',"
                + " now() - hour * interval '1 hour', 0, 3, '" + queue + "', " + orderingKey + ", 'application/json',"
                + " '{\"tenant\": \"7\"}', '{\"name\": \"hour ' || hour || '\", \"mishap\": \"NONE\"}', 'broken', 'at here'"
                + " FROM generate_series(1, " + hours + ") hour ORDER BY hour DESC");
    }

    private long only() {
        return Long.parseLong(query("SELECT id FROM messaging.dead_letter").get(0));
    }

    @Test
    void theLatestAreListedFirstPageByPageThoughSomeAreRemovedMeanwhile() throws SQLException {
        bury("nobody", 5, "NULL");

        var first = letters.list("nobody", 2);
        assertThat(first).extracting(DeadLetter::payload).allMatch(payload -> payload.contains("hour"));
        assertThat(first.get(0).payload()).contains("hour 1");
        var letter = first.get(1);
        assertThat(letter.payload()).contains("hour 2");
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.error()).isEqualTo("broken");
        assertThat(letter.stackTrace()).isEqualTo("at here");
        assertThat(letter.headers()).containsEntry("tenant", "7");
        assertThat(Duration.between(letter.sentAt(), letter.diedAt())).isEqualTo(Duration.ofHours(2));

        assertThat(letters.drop(letter.id())).isTrue();
        assertThat(letters.listBefore(letter, 10)).hasSize(3).first().satisfies(next -> assertThat(next.payload())
                .contains("hour 3"));
        assertThat(letters.list("ledger", 10)).isEmpty();
    }

    @Test
    void aDeadLetterThatIsSentAgainIsHandledAtOnce() throws SQLException {
        bury("ledger", 1, "NULL");

        assertThat(letters.resend(only())).isTrue();

        eventually().atMost(Duration.ofSeconds(3)).until(() -> effects().equals(List.of("hour 1")) && isDrained());
        assertThat(letters.resend(-1)).isFalse();
    }

    @Test
    void thoseThatDiedFirstAreSentAgainFirst() throws SQLException {
        bury("nobody", 5, "NULL");

        assertThat(letters.resendAll("nobody", 2)).isEqualTo(2);
        assertThat(query("SELECT payload::jsonb ->> 'name' FROM messaging.message ORDER BY id"))
                .containsExactly("hour 5", "hour 4");

        assertThat(letters.resendAll("nobody", 1000)).isEqualTo(3);
        assertThat(letters.resendAll("nobody", 1000)).isZero();
    }

    @Test
    void thoseWithAnOrderingKeyAreSentAgainOneAfterTheOther() throws SQLException {
        bury("nobody", 3, "'account 7'");

        assertThat(letters.resendAll("nobody", 1000)).isEqualTo(3);

        assertThat(query("SELECT payload::jsonb ->> 'name' FROM messaging.message"))
                .containsExactly("hour 3");
        assertThat(query("SELECT payload::jsonb ->> 'name' FROM messaging.blocked_message ORDER BY id"))
                .containsExactly("hour 2", "hour 1");
    }

    @Test
    void thoseThatAreOlderAreDropped() throws SQLException {
        bury("nobody", 5, "NULL");
        bury("ledger", 5, "NULL");

        assertThat(letters.dropOlderThan("nobody", Duration.ofMinutes(150))).isEqualTo(3);
        assertThat(letters.list("nobody", 10)).hasSize(2);
        assertThat(query("SELECT messaging.drop_dead_letters('nobody')")).containsExactly("2");
        assertThat(letters.list("ledger", 10)).hasSize(5);
        assertThat(letters.drop(-1)).isFalse();
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> letters.list("ledger", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> letters.list("ledger", 10_001));
        assertThatIllegalArgumentException().isThrownBy(() -> letters.list("no queue", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> letters.resendAll("ledger", 0))
                .withMessageContaining("not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> letters.dropOlderThan("ledger", Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> letters.dropOlderThan("mispelt", Duration.ZERO));
    }
}
