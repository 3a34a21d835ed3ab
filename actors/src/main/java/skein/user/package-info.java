/**
 * Users at work: logins are judged, passwords hashed on threads of their own, and what was verified once is remembered.
 * Read {@link skein.user.LoginDesk} first, then {@link skein.user.UserDirectory}.
 *
 * <p>Invariants: a login costs the same whether or not the user exists; a password that is wrong is never remembered as
 * right; nothing here blocks but the hashing threads, and what they may have to do is bounded. Knows nothing of Bolt,
 * and of the role only whom to tell.
 */
@NullMarked
package skein.user;

import org.jspecify.annotations.NullMarked;
