package dev.aegis.messaging.examples.sharedtransaction;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls for single messages share a transaction. */
@QuarkusTest
class ClicksTest {

    @Inject
    Clicks clicks;

    @Inject
    jakarta.persistence.EntityManager entities;

    @Test
    void manyClicksAreStoredByFewTransactions() {
        clicks.click("home", 500);

        eventually().until(() -> QuarkusTransaction.requiringNew().call(() -> Click.count("page", "home")) == 500);
        assertThat(transactions()).hasSizeLessThan(100);
    }

    /** PostgreSQL notes in each row which transaction wrote it. */
    private List<?> transactions() {
        return QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery("SELECT DISTINCT xmin::text FROM click", String.class)
                        .getResultList());
    }
}
