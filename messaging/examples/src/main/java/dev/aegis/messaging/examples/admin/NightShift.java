package dev.aegis.messaging.examples.admin;

import dev.aegis.messaging.admin.Queues;
import dev.aegis.messaging.examples.mail.Mailer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Collects jobs by day, and does them when the night begins. */
@ApplicationScoped
public class NightShift {

    private final Emitter<String> jobs;
    private final Queues queues;
    private final Mailer mailer;

    NightShift(@Channel("to-jobs") Emitter<String> jobs, Queues queues, Mailer mailer) {
        this.jobs = jobs;
        this.queues = queues;
        this.mailer = mailer;
    }

    public void dayBegins() {
        queues.pause("jobs");
    }

    public void nightBegins() {
        queues.resume("jobs");
    }

    public long waiting() {
        return queues.depth("jobs").waiting();
    }

    @Transactional
    public void add(String job) {
        jobs.send(job);
    }

    @Incoming("jobs")
    void work(String job) {
        mailer.send("job: " + job);
    }
}
