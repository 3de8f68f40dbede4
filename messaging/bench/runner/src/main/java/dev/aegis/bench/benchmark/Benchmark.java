package dev.aegis.bench.benchmark;

import dev.aegis.bench.report.RowSpec;
import java.sql.SQLException;
import java.util.List;

/** A part of the benchmark that measures some rows together. */
public interface Benchmark {

    /** The rows that it can measure. */
    List<RowSpec> specs();

    /** Measures those of them that are wanted. */
    Outcome play(Environment environment) throws SQLException;
}
