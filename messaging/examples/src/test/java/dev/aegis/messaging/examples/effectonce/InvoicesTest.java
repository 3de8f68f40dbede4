package dev.aegis.messaging.examples.effectonce;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.examples.sending.Checkout;
import dev.aegis.messaging.examples.sending.Purchase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The row of a sender, its message and the row of the handler are there together or not at all. */
@QuarkusTest
class InvoicesTest {

    @Inject
    Checkout checkout;

    @Test
    void aCommittedOrderHasOneInvoice() {
        checkout.buy("Ada", 1234);

        eventually().until(() -> amounts().contains(1234));
        assertThat(amounts()).containsOnlyOnce(1234);
    }

    @Test
    void anOrderThatIsRolledBackSendsNothing() {
        QuarkusTransaction.begin();
        checkout.buy("Grace", 4321);
        QuarkusTransaction.rollback();
        checkout.buy("Grace", 4322);

        eventually().until(() -> amounts().contains(4322));
        assertThat(amounts()).doesNotContain(4321);
        assertThat(QuarkusTransaction.requiringNew().call(() -> Purchase.count("cents", 4321)))
                .isZero();
    }

    private static List<Integer> amounts() {
        return QuarkusTransaction.requiringNew().call(() -> Invoice.<Invoice>listAll().stream()
                .map(invoice -> invoice.cents)
                .toList());
    }
}
