/**
 * What an instance is, decided by pure functions: MAIN or REPLICA, under which epoch, obeying whom, followed by whom.
 * Read {@link skein.role.core.RoleCore} first, then the state it keeps, {@link skein.role.core.RoleState}.
 *
 * <p>Invariants: epoch numbers only rise; what must survive a restart is an event, persisted before anything that
 * depends on it happens. Nothing here knows actors, threads, clocks, files or sockets.
 */
@NullMarked
package skein.role.core;

import org.jspecify.annotations.NullMarked;
