package dev.aegis.messaging.examples.effectonce;

import io.quarkus.hibernate.orm.panache.PanacheEntity;
import jakarta.persistence.Entity;

/** What a customer has to pay for a purchase. */
@Entity
public class Invoice extends PanacheEntity {

    public long purchase;
    public int cents;

    protected Invoice() {}

    Invoice(long purchase, int cents) {
        this.purchase = purchase;
        this.cents = cents;
    }
}
