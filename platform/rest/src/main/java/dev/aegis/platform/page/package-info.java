/**
 * Lists in pages by id. A row that exists from the first page to the last appears exactly once, however many others are
 * inserted or deleted meanwhile.
 *
 * <p>A row that is inserted meanwhile may be missed. Ids rise in the order of the inserts, not of the commits: a row that is
 * committed after a page was read can have a lower id than the last row of that page. In a list with the newest first, all new
 * rows have been passed. A client that follows a list for new rows reads it again from an id below which nothing can still be
 * uncommitted: a transaction of the services lasts a minute at most.
 */
@NullMarked
package dev.aegis.platform.page;

import org.jspecify.annotations.NullMarked;
