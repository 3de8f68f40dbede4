package dev.aegis.messaging.examples.priority;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.examples.mail.Mailer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Exports what somebody waits for before what a nightly job asked for. */
@ApplicationScoped
public class Exports {

    private final Emitter<String> exports;
    private final Mailer mailer;

    Exports(@Channel("to-exports") Emitter<String> exports, Mailer mailer) {
        this.exports = exports;
        this.mailer = mailer;
    }

    @Transactional
    public void request(String file, boolean somebodyWaits) {
        var priority = somebodyWaits ? -10 : 0;
        exports.send(Message.of(file)
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withPriority(priority)
                        .build()));
    }

    @Incoming("exports")
    void export(String file) {
        mailer.send("export of " + file);
    }
}
