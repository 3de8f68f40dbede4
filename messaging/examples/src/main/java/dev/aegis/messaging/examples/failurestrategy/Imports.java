package dev.aegis.messaging.examples.failurestrategy;

import dev.aegis.messaging.examples.mail.Mailer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Imports numbers, some of which are none. */
@ApplicationScoped
public class Imports {

    private final Emitter<String> numbers;
    private final Mailer mailer;

    Imports(@Channel("to-imports") Emitter<String> numbers, Mailer mailer) {
        this.numbers = numbers;
        this.mailer = mailer;
    }

    @Transactional
    public void add(String number) {
        numbers.send(number);
    }

    @Incoming("imports")
    void read(String number) {
        mailer.send("import of " + Integer.parseInt(number));
    }
}
