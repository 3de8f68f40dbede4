package dev.aegis.messaging.examples.sharedtransaction;

import io.quarkus.hibernate.orm.panache.PanacheEntity;
import jakarta.persistence.Entity;

/** Somebody clicked on a page. */
@Entity
public class Click extends PanacheEntity {

    public String page = "";

    protected Click() {}

    Click(String page) {
        this.page = page;
    }
}
