package dev.aegis.messaging.examples.concurrency;

import dev.aegis.messaging.examples.mail.Mailer;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Makes up to four thumbnails at a time, in any order. */
@ApplicationScoped
public class Thumbnails {

    private final Emitter<String> images;
    private final Mailer mailer;

    Thumbnails(@Channel("to-thumbnails") Emitter<String> images, Mailer mailer) {
        this.images = images;
        this.mailer = mailer;
    }

    public void request(String image) {
        images.send(image).toCompletableFuture().join();
    }

    @Incoming("thumbnails")
    @Blocking(ordered = false)
    void make(String image) {
        mailer.send("thumbnail of " + image);
    }
}
