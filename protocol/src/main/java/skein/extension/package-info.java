/**
 * What somebody implements who adds procedures and functions to Skein in Java. Read {@link skein.extension.Extension}
 * first; it has an example.
 *
 * <p>Invariants: this package and the values of {@link skein.graph} are all that an extension compiles against, and
 * they stay compatible within a major version; it knows nothing of the engine, of storage or of actors.
 */
@NullMarked
package skein.extension;

import org.jspecify.annotations.NullMarked;
