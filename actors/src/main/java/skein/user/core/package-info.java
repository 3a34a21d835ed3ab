/**
 * Who the users are and who of them may come in, decided: the set of users that follows from the system database's
 * records, what may change about it, how long somebody who fails has to wait, and the one place that says who may do
 * what. Read {@link skein.user.core.Users} first, then {@link skein.user.core.AccessRules}.
 *
 * <p>Invariants: no text of a password is ever here, only its hash, and no hash shows itself; a wait always ends. Knows
 * no threads, clocks or hash functions: time and hashes come in.
 */
@NullMarked
package skein.user.core;

import org.jspecify.annotations.NullMarked;
