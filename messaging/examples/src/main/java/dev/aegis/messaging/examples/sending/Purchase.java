package dev.aegis.messaging.examples.sending;

import io.quarkus.hibernate.orm.panache.PanacheEntity;
import jakarta.persistence.Entity;

/** Something that a customer bought. */
@Entity
public class Purchase extends PanacheEntity {

    public String customer = "";
    public int cents;

    protected Purchase() {}

    Purchase(String customer, int cents) {
        this.customer = customer;
        this.cents = cents;
    }
}
