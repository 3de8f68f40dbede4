package dev.aegis.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.model.shield.Shield;
import dev.aegis.model.shield.Shields;
import dev.aegis.platform.database.Database;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TransactionalTest {

    @Inject
    Smith smith;

    @Inject
    MasterSmith master;

    @Inject
    Shields shields;

    @Inject
    Database database;

    @BeforeEach
    void emptyTheArmoury() {
        database.transact(session -> shields.deleteAll());
    }

    @Test
    void aMethodThatReturnsIsCommitted() throws IOException {
        smith.forge(true);

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aMethodThatThrowsACheckedExceptionIsRolledBack() {
        assertThatThrownBy(() -> smith.forge(false)).isInstanceOf(IOException.class);

        assertThat(count()).isZero();
    }

    @Test
    void anAnnotationOnTheClassMeansTheSame() {
        assertThatThrownBy(() -> master.forge()).isInstanceOf(IOException.class);

        assertThat(count()).isZero();
    }

    @Test
    void anAnnotationThatSetsDontRollbackOnIsKept() {
        assertThatThrownBy(() -> smith.forgeAnyway()).isInstanceOf(IOException.class);

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void theKindOfTransactionStaysAsItWas() {
        assertThatThrownBy(() -> database.transact(outer -> {
                    smith.forgeApart();
                    throw new IOException("too late");
                }))
                .isInstanceOf(IOException.class);

        assertThat(count()).isEqualTo(1);
    }

    private long count() {
        return database.compute(session -> shields.count());
    }

    @ApplicationScoped
    static class Smith {
        private final Shields shields;

        Smith(Shields shields) {
            this.shields = shields;
        }

        @Transactional
        void forge(boolean fire) throws IOException {
            shields.persist(new Shield("Dragon Scale", 95));
            if (!fire) {
                throw new IOException("the forge is cold");
            }
        }

        @Transactional(dontRollbackOn = IOException.class)
        void forgeAnyway() throws IOException {
            shields.persist(new Shield("Dragon Scale", 95));
            throw new IOException("the forge is cold");
        }

        @Transactional(Transactional.TxType.REQUIRES_NEW)
        void forgeApart() {
            shields.persist(new Shield("Dragon Scale", 95));
        }
    }

    @ApplicationScoped
    @Transactional
    static class MasterSmith {
        private final Shields shields;

        MasterSmith(Shields shields) {
            this.shields = shields;
        }

        void forge() throws IOException {
            shields.persist(new Shield("Dragon Scale", 95));
            throw new IOException("the forge is cold");
        }
    }
}
