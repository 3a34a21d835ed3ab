/**
 * One instance as a whole: its actor system, its role, its databases, its sessions. {@link skein.instance.Instance} is
 * the front door of this module.
 *
 * <p>Invariant: starts and stops everything in order and decides nothing; knows no Bolt.
 */
@NullMarked
package skein.instance;

import org.jspecify.annotations.NullMarked;
