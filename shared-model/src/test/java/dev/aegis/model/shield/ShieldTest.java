package dev.aegis.model.shield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.platform.database.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ShieldTest {

    @Inject
    Database database;

    @Inject
    Shields shields;

    @BeforeEach
    void emptyTheArmoury() {
        database.transact(session -> shields.deleteAll());
    }

    @Test
    void dragonScaleIsSavedInOneShortBlock() {
        database.transact(session -> session.persist(new Shield("Dragon Scale", 95)));

        assertThat(rows()).containsExactly("Dragon Scale 95");
    }

    @Test
    void aShieldWithoutAGivenRatingHasARatingOfTen() {
        database.transact(session -> session.persist(new Shield("Plank")));

        assertThat(rows()).containsExactly("Plank 10");
    }

    @Test
    void theDatabaseGivesIdAndTimeWhenAShieldIsSaved() {
        var shield = database.compute(session -> {
            var saved = new Shield("Dragon Scale", 95);
            session.persist(saved);
            return saved;
        });

        assertThat(shield.id).isPositive();
        assertThat(shield.createdAt)
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(1)),
                        Instant.now().plusSeconds(60));
    }

    @Test
    void aBlockThatThrowsIsRolledBackWhole() {
        assertThatThrownBy(() -> database.transact(session -> {
                    session.persist(new Shield("Dragon Scale", 95));
                    session.flush();
                    throw new IllegalStateException("the smith fell asleep");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the smith fell asleep");

        assertThat(rows()).isEmpty();
    }

    @Test
    void aBlockThatThrowsACheckedExceptionIsRolledBackWholeToo() {
        assertThatThrownBy(() -> database.transact(session -> {
                    session.persist(new Shield("Dragon Scale", 95));
                    session.flush();
                    throw new IOException("the forge is cold");
                }))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("the forge is cold");

        assertThat(rows()).isEmpty();
    }

    @Test
    void aBlockCommitsEvenIfTheSurroundingTransactionRollsBack() {
        assertThatThrownBy(() -> database.transact(outer -> {
                    database.transact(inner -> inner.persist(new Shield("Dragon Scale", 95)));
                    throw new IOException("too late");
                }))
                .isInstanceOf(IOException.class);

        assertThat(rows()).containsExactly("Dragon Scale 95");
    }

    @Test
    void theDatabaseRefusesARatingThatNoShieldCanHave() {
        assertThatThrownBy(() -> database.transact(session -> session.persist(new Shield("Myth", 101))))
                .isInstanceOf(ConstraintViolationException.class);
    }

    private List<String> rows() {
        return database.compute(session -> session.unwrap(Session.class)
                .createNativeQuery("SELECT name || ' ' || defense_rating FROM public.shield ORDER BY id", String.class)
                .getResultList());
    }
}
