/**
 * Histories of transactions from concurrent sessions, and the check of what isolation they show. Knows lists that grow
 * and the rules of isolation, and nothing of the store that was tested: a store is reached through
 * {@link skein.history.ListStore}. Read {@link skein.history.HistoryChecker} first; beside it stand the simpler
 * histories of a set, of a bank and of registers, and {@link skein.history.Outcomes}, which tells a history that proves
 * nothing.
 *
 * <p>Invariant: the checker is a function of the history; a history can be checked again, elsewhere and later.
 */
@NullMarked
package skein.history;

import org.jspecify.annotations.NullMarked;
