/**
 * Procedures and functions that others have written, as the engine calls its own. Read
 * {@link skein.cypher.extension.ExtensionLibrary} first; what the others see is {@link skein.extension}.
 *
 * <p>Invariants: everything about a method that can be wrong is found when it is taken up, not when it is called;
 * whatever a method throws is a failure of the query, never of the instance. Where extensions come from is unknown
 * here.
 */
@NullMarked
package skein.cypher.extension;

import org.jspecify.annotations.NullMarked;
