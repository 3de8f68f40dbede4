package dev.aegis.messaging.examples.batch;

import io.quarkus.hibernate.orm.panache.PanacheEntity;
import jakarta.persistence.Entity;

/** What a sensor measured. */
@Entity
public class Reading extends PanacheEntity {

    public int celsius;

    protected Reading() {}

    Reading(int celsius) {
        this.celsius = celsius;
    }
}
