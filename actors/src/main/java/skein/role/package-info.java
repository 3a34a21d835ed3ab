/**
 * The role of an instance as a persistent actor, and what it needs around it: the replication port, registrations, the
 * set of databases. Read {@link skein.role.InstanceRole} first.
 *
 * <p>Invariant: what becomes of a command is decided in {@code skein.role.core}; events are durable before anything
 * that depends on them.
 */
@NullMarked
package skein.role;

import org.jspecify.annotations.NullMarked;
