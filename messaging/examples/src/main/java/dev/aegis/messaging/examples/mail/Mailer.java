package dev.aegis.messaging.examples.mail;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** Stands for whatever an application does outside its database. It logs each mail and keeps it for the tests. */
@ApplicationScoped
public class Mailer {

    private static final Logger LOG = Logger.getLogger(Mailer.class);

    private final List<String> sent = new CopyOnWriteArrayList<>();

    public void send(String mail) {
        LOG.info(mail);
        sent.add(mail);
    }

    /** All mails, the first one first. */
    public List<String> sent() {
        return List.copyOf(sent);
    }
}
