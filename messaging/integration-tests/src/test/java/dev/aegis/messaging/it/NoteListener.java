package dev.aegis.messaging.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PreUpdate;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Tells of each note that is written, when it is. */
@ApplicationScoped
class NoteListener {

    private final Emitter<Object> emitter;

    NoteListener(@Channel("to-nobody") Emitter<Object> emitter) {
        this.emitter = emitter;
    }

    @PostPersist
    void persisted(Note note) {
        emitter.send("persisted: " + note.text);
    }

    @PreUpdate
    void updated(Note note) {
        emitter.send("updated: " + note.text);
    }
}
