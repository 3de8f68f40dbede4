package dev.aegis.bench.scene;

import dev.aegis.bench.report.Bar;
import java.sql.SQLException;
import java.util.List;

/** A part of the benchmark that measures some rows together. */
public interface Scene {

    /** The rows that it can measure. */
    List<Bar> bars();

    /** Measures those of them that are wanted. */
    Outcome play(Stage stage) throws SQLException;
}
