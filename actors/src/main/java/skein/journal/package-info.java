/**
 * Pekko Persistence over our own log: the role journal. {@link skein.journal.LogJournal} is the plugin;
 * {@code JournalEntry} is what one log record holds.
 *
 * <p>Invariant: an event is confirmed only after its record is durable; knows nothing of what events mean.
 */
@NullMarked
package skein.journal;

import org.jspecify.annotations.NullMarked;
