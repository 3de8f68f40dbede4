package dev.aegis.messaging.it;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An entity that is written at the flush, when the transaction commits. */
@Entity
@Table(schema = "public")
@EntityListeners(NoteListener.class)
class Note {

    @Id
    long id;

    String text;

    Note() {}

    Note(long id, String text) {
        this.id = id;
        this.text = text;
    }
}
