package dev.aegis.messaging.examples.retry;

import io.quarkus.hibernate.orm.panache.PanacheEntity;
import jakarta.persistence.Entity;

/** What became of a payment. */
@Entity
public class Charge extends PanacheEntity {

    public String card = "";
    public String outcome = "";

    protected Charge() {}

    Charge(String card, String outcome) {
        this.card = card;
        this.outcome = outcome;
    }
}
