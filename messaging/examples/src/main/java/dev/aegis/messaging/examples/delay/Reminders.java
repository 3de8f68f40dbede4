package dev.aegis.messaging.examples.delay;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.examples.mail.Mailer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Reminds customers of what they have to do. */
@ApplicationScoped
public class Reminders {

    private final Emitter<String> reminders;
    private final Mailer mailer;

    Reminders(@Channel("to-reminders") Emitter<String> reminders, Mailer mailer) {
        this.reminders = reminders;
        this.mailer = mailer;
    }

    @Transactional
    public void remindIn(Duration delay, String text) {
        reminders.send(Message.of(text)
                .addMetadata(
                        OutgoingPostgresqlMetadata.builder().withDelay(delay).build()));
    }

    @Transactional
    public void remindAt(Instant dueAt, String text) {
        reminders.send(Message.of(text)
                .addMetadata(
                        OutgoingPostgresqlMetadata.builder().withDueAt(dueAt).build()));
    }

    @Transactional
    public void remindWithin(Duration timeToLive, String text) {
        reminders.send(Message.of(text)
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withTimeToLive(timeToLive)
                        .build()));
    }

    @Incoming("reminders")
    void remind(String text) {
        mailer.send("reminder: " + text);
    }
}
