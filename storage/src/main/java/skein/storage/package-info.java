/**
 * One database on one machine: its log, its graph, its transactions behind one front. Read
 * {@link skein.storage.Database} first.
 *
 * <p>Invariants: nothing is applied before it is decided, and who decides is somebody else; the graph is always what
 * applying the log up to the applied lsn yields. Nothing here knows replicas, roles, or why a record is decided.
 */
@NullMarked
package skein.storage;

import org.jspecify.annotations.NullMarked;
