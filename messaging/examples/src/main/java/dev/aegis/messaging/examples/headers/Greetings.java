package dev.aegis.messaging.examples.headers;

import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.examples.mail.Mailer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Greets in a language that travels in a header. */
@ApplicationScoped
public class Greetings {

    private final Emitter<String> greetings;
    private final Mailer mailer;

    Greetings(@Channel("to-greetings") Emitter<String> greetings, Mailer mailer) {
        this.greetings = greetings;
        this.mailer = mailer;
    }

    @Transactional
    public void greet(String name, String language) {
        greetings.send(Message.of(name)
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withHeader("language", language)
                        .build()));
    }

    @Incoming("greetings")
    void send(String name, IncomingPostgresqlMetadata message) {
        var german = "de".equals(message.getHeaders().get("language"));
        mailer.send((german ? "Guten Tag, " : "Good day, ") + name);
    }
}
