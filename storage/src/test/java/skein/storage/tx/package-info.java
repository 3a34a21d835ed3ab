/** Tests of what transactions share: the registry of snapshots, what is on its way, and what readers see. */
@NullMarked
package skein.storage.tx;

import org.jspecify.annotations.NullMarked;
