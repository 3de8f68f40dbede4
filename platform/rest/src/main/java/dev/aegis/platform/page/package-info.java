/**
 * Lists in pages by id. A walk from page to page shows each row that is there from its begin to its end exactly once, however
 * many come and go meanwhile.
 *
 * <p>It does not show each row that comes meanwhile. Ids rise in the order in which rows are inserted, not in that in which
 * their transactions commit: a row that is committed after a page was read can have a lower id than the last row of that page,
 * and the walk has passed it. Where the newest come first, it has passed all that is new. Who follows a list for what is new
 * reads it again from an id before which nothing can still be uncommitted: a transaction of the services lasts a minute at
 * most.
 */
@NullMarked
package dev.aegis.platform.page;

import org.jspecify.annotations.NullMarked;
