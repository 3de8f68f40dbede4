package dev.aegis.messaging.examples.ordering;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages of a key take effect in the order of sending, though many are handled at once. */
@QuarkusTest
class AccountsTest {

    @Inject
    Accounts accounts;

    @Test
    void theMovementsOfAnAccountAreBookedInTheirOrder() {
        for (var i = 0; i < 20; i++) {
            accounts.move("left", 1);
            accounts.move("right", 2);
        }

        eventually()
                .until(() -> balances("left").size() == 20 && balances("right").size() == 20);
        assertThat(balances("left"))
                .isEqualTo(IntStream.rangeClosed(1, 20).boxed().toList());
        assertThat(balances("right"))
                .isEqualTo(IntStream.rangeClosed(1, 20).map(n -> 2 * n).boxed().toList());
    }

    private static List<Integer> balances(String account) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Booking.<Booking>list("account = ?1 order by id", account).stream()
                        .map(booking -> booking.balance)
                        .toList());
    }
}
