package dev.aegis.messaging.examples.ordering;

import io.quarkus.hibernate.orm.panache.PanacheEntity;
import jakarta.persistence.Entity;
import org.jspecify.annotations.Nullable;

/** A movement of an account. */
@Entity
public class Booking extends PanacheEntity {

    public @Nullable String account;
    public int balance;

    protected Booking() {}

    Booking(@Nullable String account, int balance) {
        this.account = account;
        this.balance = balance;
    }
}
