/**
 * The documents, executed: every command block of README.md runs here. Read {@link skein.docs.ReadmeCompatTest} first.
 */
@NullMarked
package skein.docs;

import org.jspecify.annotations.NullMarked;
