/** How a snapshot keeps out of the way of commits. */
@NullMarked
package skein.storage.snapshot;

import org.jspecify.annotations.NullMarked;
