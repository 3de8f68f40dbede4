package dev.aegis.messaging.examples.retry;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A payment that fails is tried again, given up, and sent again when the cause is gone. */
@QuarkusTest
class PaymentsTest {

    @Inject
    Payments payments;

    @Inject
    Bank bank;

    @AfterEach
    void openTheBank() {
        bank.setOpen(true);
    }

    @Test
    void aPaymentIsTriedAgainUntilTheBankAnswers() {
        bank.setOpen(false);
        payments.request(new Payment("1111", 500));
        bank.setOpen(true);

        eventually().untilAsserted(() -> assertThat(outcomes("1111")).containsExactly("charged"));
    }

    @Test
    void aPaymentThatWasGivenUpIsNotedAndCanBeSentAgain() {
        bank.setOpen(false);
        payments.request(new Payment("2222", 500));

        eventually().untilAsserted(() -> assertThat(outcomes("2222"))
                .singleElement()
                .asString()
                .startsWith("failed: ")
                .contains("the bank does not answer"));
        bank.setOpen(true);
        assertThat(payments.retryFailed()).isPositive();
        eventually().untilAsserted(() -> assertThat(outcomes("2222")).hasSize(2).contains("charged"));
    }

    @Test
    void aDeclinedCardIsNotTriedAgain() {
        payments.request(new Payment("0000", 500));

        eventually()
                .untilAsserted(() ->
                        assertThat(outcomes("0000")).singleElement().asString().contains("declined"));
    }

    private static List<String> outcomes(String card) {
        return QuarkusTransaction.requiringNew().call(() -> Charge.<Charge>list("card = ?1 order by id", card).stream()
                .map(charge -> charge.outcome)
                .toList());
    }
}
