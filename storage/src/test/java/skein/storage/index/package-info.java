/** Tests of the indexes by themselves. */
@NullMarked
package skein.storage.index;

import org.jspecify.annotations.NullMarked;
