package dev.aegis.messaging.examples.uniquekey;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.examples.mail.Mailer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Indexes a product once for many changes. */
@ApplicationScoped
public class SearchIndex {

    private final Emitter<String> changes;
    private final Mailer mailer;

    SearchIndex(@Channel("to-index") Emitter<String> changes, Mailer mailer) {
        this.changes = changes;
        this.mailer = mailer;
    }

    /** Sends nothing while a message of this product waits: its handler will see this change too. */
    @Transactional
    public void changed(String product) {
        changes.send(Message.of(product)
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withUniqueKey(product)
                        .build()));
    }

    /** Takes the place of the message that waits: the product is indexed when it was left alone for {@code quiet}. */
    @Transactional
    public void changedAgain(String product, Duration quiet) {
        changes.send(Message.of(product)
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withReplacingUniqueKey(product)
                        .withDelay(quiet)
                        .build()));
    }

    @Incoming("index")
    void index(String product) {
        mailer.send("index of " + product);
    }
}
