package dev.aegis.model.shield;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.platform.database.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SaveAShieldTest {
    @Inject
    Database database;

    @Inject
    Shields shields;

    @Test
    void aShieldIsSavedInOneShortBlock() {
        // Committed when the block ends, rolled back whole when it throws.
        database.transact(session -> session.persist(new Shield("Dragon Scale", 95)));

        long saved = database.compute(session -> shields.count("name = 'Dragon Scale' and defenseRating = 95"));
        assertThat(saved).isPositive();
    }
}
