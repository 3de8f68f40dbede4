package dev.aegis.bench.spring;

import java.time.Instant;

/** A shield as clients see it. */
record ShieldResponse(long id, String name, int defenseRating, Instant createdAt, Instant inspectedAt) {

    static ShieldResponse of(Shield shield) {
        return new ShieldResponse(
                shield.getId(),
                shield.getName(),
                shield.getDefenseRating(),
                shield.getCreatedAt(),
                shield.getInspectedAt());
    }
}
