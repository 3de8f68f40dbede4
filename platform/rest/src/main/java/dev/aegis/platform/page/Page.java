package dev.aegis.platform.page;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items in the order of the list
 * @param next the value of the parameter {@code after} for the next page; null on the last page
 */
public record Page<T>(
        List<T> items,

        @Schema(
                description = "The value of after for the next page; null on the last page",
                examples = "42",
                nullable = true)
        @Nullable Long next) {

    /**
     * Builds a page.
     *
     * @param found the rows from the start of the page: one more than the page holds, if there are that many
     * @param id by which the list is ordered
     */
    public static <E, T> Page<T> of(List<E> found, PageRequest request, ToLongFunction<E> id, Function<E, T> view) {
        int limit = request.limit();
        var rows = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(
                rows.stream().map(view).toList(), found.size() > limit ? id.applyAsLong(rows.get(limit - 1)) : null);
    }
}
