package dev.aegis.bench.spring;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.Generated;

/** A row of the table that the api has, too. */
@Entity
public class Shield {

    static final int DEFAULT_DEFENSE_RATING = 10;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;

    private int defenseRating;

    /** By the clock of the database. */
    @Generated
    @Column(insertable = false, updatable = false)
    private Instant createdAt;

    private Instant inspectedAt;

    protected Shield() {}

    public Shield(String name, int defenseRating) {
        this.name = name;
        this.defenseRating = defenseRating;
    }

    public Long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public int getDefenseRating() {
        return defenseRating;
    }

    public Instant getCreatedAt() {
        return createdAt;
    }

    public Instant getInspectedAt() {
        return inspectedAt;
    }
}
