/**
 * When a transaction must end although nobody asked for it, and what whoever comes with bookmarks has to wait for. Read
 * {@link skein.query.core.TransactionLimits} first.
 *
 * <p>Invariant: pure; time comes in as a number of nanoseconds, and nothing here ends anything. Knows neither sessions
 * nor databases.
 */
@NullMarked
package skein.query.core;

import org.jspecify.annotations.NullMarked;
