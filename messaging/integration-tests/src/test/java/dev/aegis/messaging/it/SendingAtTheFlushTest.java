package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a listener of JPA sends at the flush of a commit is sent with the transaction. */
@QuarkusTest
@TestProfile(SendingAtTheFlushTest.Profile.class)
class SendingAtTheFlushTest extends MessagingTest {

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.hibernate-orm.enabled", "true");
        }
    }

    @Inject
    @Channel("to-nobody")
    Emitter<Object> emitter;

    @Inject
    EntityManager entities;

    @BeforeEach
    void forget() throws SQLException {
        execute("DELETE FROM note");
    }

    private List<String> sent() {
        return query("SELECT payload FROM messaging.message ORDER BY payload");
    }

    @Test
    void aListenerSendsThoughTheOutboxWasWrittenBeforeTheFlush() {
        QuarkusTransaction.requiringNew().run(() -> {
            emitter.send("before");
            entities.persist(new Note(1, "a"));
        });
        assertThat(sent()).containsExactly("before", "persisted: a");

        QuarkusTransaction.requiringNew().run(() -> {
            emitter.send("before the update");
            entities.find(Note.class, 1L).text = "b";
        });
        assertThat(sent()).containsExactly("before", "before the update", "persisted: a", "updated: b");
    }

    @Test
    void whatAListenerSentIsNotSentWhenTheFlushFails() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    emitter.send("before");
                    entities.persist(new Note(1, "a"));
                    entities.persist(new Note(2, null));
                }))
                .isInstanceOf(RuntimeException.class);

        assertThat(sent()).isEmpty();
        assertThat(count("note")).isZero();
    }
}
