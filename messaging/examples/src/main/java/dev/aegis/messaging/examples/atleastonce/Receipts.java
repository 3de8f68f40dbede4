package dev.aegis.messaging.examples.atleastonce;

import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.examples.mail.Mailer;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Mails receipts. The id is the same each time that a message is handled, so the receiver can recognise a second mail. */
@ApplicationScoped
public class Receipts {

    private final Emitter<String> receipts;
    private final Mailer mailer;

    Receipts(@Channel("to-receipts") Emitter<String> receipts, Mailer mailer) {
        this.receipts = receipts;
        this.mailer = mailer;
    }

    /** Without a transaction: returns when the message is durable. */
    public void request(String customer) {
        receipts.send(customer).toCompletableFuture().join();
    }

    @Incoming("receipts")
    void mail(String customer, IncomingPostgresqlMetadata message) {
        mailer.send("receipt " + message.getId() + " for " + customer);
    }
}
