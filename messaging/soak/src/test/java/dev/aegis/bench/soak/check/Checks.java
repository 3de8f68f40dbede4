package dev.aegis.bench.soak.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What can be told from a history alone. */
public final class Checks {

    private Checks() {}

    public static List<Violation> of(Map<String, Dispatch> dispatches, History history) {
        var violations = new ArrayList<Violation>();
        violations.addAll(ExpectedOutcomes.check(dispatches, history));
        violations.addAll(Orders.check(dispatches, history));
        violations.addAll(Uniques.check(dispatches, history));
        return violations;
    }
}
