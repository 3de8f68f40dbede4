package dev.aegis.messaging.examples.ordering;

import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Books the movements of an account in the order in which they were sent, and those of several accounts at once. */
@ApplicationScoped
public class Accounts {

    private final Emitter<Integer> movements;

    Accounts(@Channel("to-movements") Emitter<Integer> movements) {
        this.movements = movements;
    }

    @Transactional
    public void move(String account, int cents) {
        movements.send(Message.of(cents)
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withOrderingKey(account)
                        .build()));
    }

    @Incoming("movements")
    @Transactional
    void book(Integer cents, IncomingPostgresqlMetadata message) {
        var account = message.getOrderingKey();
        var before = Booking.<Booking>find("account = ?1 order by id desc", account)
                .firstResultOptional()
                .map(last -> last.balance)
                .orElse(0);
        if (before + cents < 0) {
            throw new IllegalStateException(account + " is overdrawn");
        }
        new Booking(account, before + cents).persist();
    }
}
